"""Texts whose numbers are bound to data: Markdown, bindings and editors' notes."""
