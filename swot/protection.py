"""What texts rest on is kept while they do."""

from django.db import models


def keep(collector, field, links, using):
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


def keep_linked(model):
    """Have what a model's plain many-to-many fields link to kept as well."""
    for field in model._meta.local_many_to_many:
        link = field.remote_field.through._meta
        end = link.get_field(field.m2m_reverse_field_name())
        end.remote_field.on_delete = keep
