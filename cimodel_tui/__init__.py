"""A terminal workbook for the ITIL 4 continual improvement model."""

__version__ = "0.1.0"
