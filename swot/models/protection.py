"""What texts rest on is protected from deletion while they do."""

from django.db import models


def protect_linked(collector, field, links, using):
    """For on_delete of links: refuses with the texts that rest on it (ProtectedError).

    The text (or the correction) is the end of the link whose deletion takes the link
    along. Links between texts of an analysis that goes as a whole go with it.
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
    """The foreign key of a link to what is protected while a text rests on it."""
    return models.ForeignKey(model, on_delete=protect_linked, related_name="+")


def owned_link(model):
    """The foreign key of a link to its text, which takes the link along."""
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="+")
