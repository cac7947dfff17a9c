"""The gallery of what pages are made of, for those who work on them."""
