"""Widgets: the step rail, the guidance, tables of rows, and the charts painted."""
