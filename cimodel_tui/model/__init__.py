"""The subject: improvements, their iterations, the seven parts of an iteration, and what can be derived from them.

Everything here is frozen and pure. Answers are kept as typed: text is `str`, several choices are a tuple of `str`,
tables are tuples of rows with an `id`, and a day is its ISO text (an unreadable one stays as typed).
"""
