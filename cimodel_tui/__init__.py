"""A terminal workbook for the ITIL 4 continual improvement model.

The map, from the shell down to the subject; imports go this way only:

`cli` (wires a store), `app` (pages, global keys), `commands` (palette) and `screens` (one module a page and a step),
`forms` (declared fields), `widgets` and `reports`, `workbook` (the facade: the one way in and out), `coach` and
`charts`, `measurement` (the judge), `model` (the subject) and `content` (words in `data/`). `storage` knows the model
alone.

What must stay true: without an agreed baseline there is no verdict; nothing is achieved without a verified step 6; what
was agreed is amended and never overwritten; what reached the screen survives a kill; text that a person typed is text.
"""

__version__ = "0.2.0"
