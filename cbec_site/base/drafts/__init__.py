"""Drafts of rows that are public: kept beside them, published through the same form.

Knows no app. A ModelAdmin that inherits `DraftingAdmin` gets drafts of its change form
with all inlines; `acts` are the doors to change a draft's state, `replay` gives a draft
to the form again, `preview` renders the public page from it and writes nothing.
Why it is built so: docs/decisions/drafts.md.
"""
