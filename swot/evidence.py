"""What texts rest on: kept while they do, shown without drafts and by kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from datasets.models import Observation

# The kinds in the order of the page.
TARGETS = {
    "observation": _("Data"),
    "figure": _("Figures"),
    "claim": _("Claims"),
    "policy": _("Policies"),
    "event": _("Events"),
}


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


class EvidenceQuerySet(models.QuerySet):
    def published(self):
        """Links to what is public; whether their entry is, the caller knows."""
        is_public = models.Q(observation__in=Observation.objects.published())
        for name in TARGETS:
            if name != "observation":
                is_public |= models.Q(**{f"{name}__is_published": True})
        return self.filter(is_public)

    def with_targets(self):
        """Bring along everything a page prints of the things linked to."""
        return self.select_related(
            "observation__indicator",
            "observation__region",
            "observation__source",
            "figure",
            "claim",
            "policy",
            "event",
        ).prefetch_related("policy__policyissuer_set__issuer")


def grouped(links):
    """(kind, label, links) for each kind of evidence that occurs, in the page's order.

    `links` were read with their targets; inside a kind those that support come
    first, then those that weaken, then context, as they were entered.
    """
    order = ["supports", "weakens", "context"]
    links = sorted(links, key=lambda link: order.index(link.role))
    found = (
        (kind, label, [link for link in links if getattr(link, kind) is not None])
        for kind, label in TARGETS.items()
    )
    return [group for group in found if group[2]]
