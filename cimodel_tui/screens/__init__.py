"""The screens: one a page, one a step. A screen is given the workbook and sends people on by messages."""
