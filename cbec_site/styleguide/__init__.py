"""The gallery of what pages are made of, for whoever works on them."""
