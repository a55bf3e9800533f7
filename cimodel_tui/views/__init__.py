"""What a page, a report or the shell shows, prepared once as plain data. Nothing here changes a workbook."""
