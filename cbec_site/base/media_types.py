"""The kinds of files that several modules send."""

from .csv_files import CONTENT_TYPE as CSV

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = ["CSV", "XLSX"]
