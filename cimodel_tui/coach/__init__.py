"""The coach: rules that read what was typed, and say kindly what does not fit yet.

Pure, deterministic and offline. Each step has a module with a tuple `RULES` of small functions; `rules` runs them all,
`remedy` does what a finding offers, `next_thing` says in one line what is useful next. Every rule has its id from the
table of rules; the texts by which it is judged stand beside the tests.
"""
