"""A terminal workbook for the ITIL 4 continual improvement model.

The map, from the shell down to the subject; imports go this way only:

`cli` (wires a store), `app` (pages, global keys), `screens` (one module a page and a step, and the palette), `forms`
(declared fields), `widgets` and `reports`, `views` (what is shown, as plain data), `workbook` (the facade: the one way
in and out), `coach`, `charts` and `sources` (how readings come in), `measurement` (the judge), `model` (the subject)
and `content` (words in `data/`). `storage` knows the model alone. Lowest lie `escaping` (the filter for terminal
escapes), `lazy` (the seam of a package), `record` (cheap dataclasses) and `textual_compat` (all that is private of
Textual).

A package imports at a start what its first picture needs. Other modules are reached through it, as in
`screens.entry.EntryScreen`, and imported then: see `lazy`.

What must stay true: without an agreed baseline there is no verdict; nothing is achieved without a verified step 6; what
was agreed is amended and never overwritten; what reached the screen survives a kill; text that a person typed is text.
"""

__version__ = "0.2.0"
