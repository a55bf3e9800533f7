"""The workbook file: the only place that knows TinyDB, orjson, locks and folders.

`opening` opens, creates and loads; `repository` is the open workbook that the facade talks to. Below them:
`saver` (when and how a save happens), `held` (what is in memory and what of it is not on disk), `disk` (the file
itself), `atomic` (one whole file replaced), `locks`, `draft`, `backups`, `merge`, `loader` and `documents` (plain
documents into frozen objects of the model and back). What must stay true: the file is whole at every instant, nothing
that reached `put` is lost by a kill, and a field that this program does not know is carried through.
"""
