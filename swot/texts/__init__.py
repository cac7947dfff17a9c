"""Texts that bind their numbers: Markdown, bindings and the editors' notes."""
