"""What entries rest on, as pages and files show it: without drafts, by kind."""

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
