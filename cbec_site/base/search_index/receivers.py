"""Keeps the index up to date with every row that is saved or deleted singly.

Rows written in bulk are indexed by their queryset, see `publishing`.
"""

from django.db import connections

from .documents import searched_models
from .models import SearchDocument
from .writing import (
    affected_rows,
    index_affected,
    index_saved,
    is_outdated,
    rebuild,
)

# The attribute in which a row being saved keeps the documents that had words of it.
BEFORE = "_documents_with_its_words"


def before_change(sender, instance, **kwargs):
    if is_searched(sender) and instance.pk:
        setattr(instance, BEFORE, affected_rows(sender, [instance.pk]))


def after_save(sender, instance, update_fields=None, **kwargs):
    if not is_searched(sender):
        return
    before = instance.__dict__.pop(BEFORE, {})
    if update_fields is not None and not sender.searched.reads(update_fields):
        return
    index_saved(sender, instance.pk, before)


def after_delete(sender, instance, **kwargs):
    if is_searched(sender):
        SearchDocument.objects.filter(
            kind=sender.searched.number, object_id=instance.pk
        ).delete()
        index_affected(sender, [instance.pk], instance.__dict__.pop(BEFORE, {}))


def after_migrate(sender, using, **kwargs):
    """Build the index after an upgrade that added it or changed the pieces."""
    if sender.label != SearchDocument._meta.app_label:
        return
    existing = connections[using].introspection.table_names()
    tables = {model._meta.db_table for model in (SearchDocument, *searched_models())}
    if tables <= set(existing) and is_outdated():
        rebuild()


def is_searched(model) -> bool:
    return model in searched_models()
