"""Drafts of rows that are public: kept beside them, published through the same form.

Independent of any app. A ModelAdmin that inherits `DraftingAdmin` gets drafts of its
change form with all inlines; `acts` has the only functions that change a draft's state,
`replay` submits a draft to its form again, `preview` renders the public page from it
and writes nothing. For the reasons see docs/decisions/drafts.md.
"""
