"""Keeps claims up to date with the data, and has the pages that editors use for
them."""
