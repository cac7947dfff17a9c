"""Protects what texts rest on from deletion."""

from django.db import models


def protect_linked(collector, field, links, using):
    """An on_delete for links; raises ProtectedError with the texts that rest on the
    row.

    Deleting the text (or the correction) deletes its links. Links between texts of an
    analysis that is deleted as a whole are deleted with it.
    """
    end = next(
        other
        for other in field.model._meta.fields
        if other.is_relation and other.remote_field.on_delete is models.CASCADE
    )
    text = end.related_model
    texts = text.objects.using(using).filter(pk__in=links.values(end.attname))
    if hasattr(text, "analysis"):
        going = collector.data.get(text._meta.get_field("analysis").related_model, ())
        texts = texts.exclude(analysis__in=going)
    staying = list(texts)
    if staying:
        raise models.ProtectedError("A text rests on it.", staying)
    models.CASCADE(collector, field, links, using)


def protecting_link(model):
    """The foreign key from a link to the thing that it protects."""
    return models.ForeignKey(model, on_delete=protect_linked, related_name="+")


def owned_link(model):
    """The foreign key from a link to its text; deleting the text deletes the link."""
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="+")
