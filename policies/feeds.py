"""The newest policies as an Atom feed in the language of its address."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import BadRequest
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from cbec_site.base.atom import LanguageFeed, tag_name
from cbec_site.base.limits import FEED_LENGTH
from cbec_site.base.newest import newest_version

from .filters import PolicyFilter
from .models import Policy, PolicyEvent


@dataclass(frozen=True)
class Wanted:
    """Which policies a feed has: all of them, or those that filters leave."""

    base: str
    filterset: PolicyFilter

    @property
    def query(self) -> str:
        """The filters in use, as in the address of the list."""
        asked = {name: value for name, value in self.filterset.data.items() if value}
        known = {name: asked[name] for name in self.filterset.filters if name in asked}
        return f"?{urlencode(known)}" if known else ""


class PolicyFeed(LanguageFeed):
    """Policies in the order they were added to the library, the latest first.

    Accepts the filters of the list, so that a saved view has a feed too.
    """

    parameters = tuple(PolicyFilter.base_filters)

    def get_object(self, request):
        base = super().get_object(request)
        queryset = Policy.objects.published().with_labels()
        filterset = PolicyFilter(request.GET, queryset, request=request)
        if not filterset.is_valid():
            raise BadRequest("One of the filters cannot be used.")
        return Wanted(base, filterset)

    def title(self):
        return _("CBEC Evidence: newest policies")

    def subtitle(self):
        return _("Policies on cross-border e-commerce added to the library.")

    def link(self, wanted):
        return wanted.base + reverse("policies:policy-list") + wanted.query

    def feed_url(self, wanted):
        return wanted.base + reverse("policies:feed") + wanted.query

    def items(self, wanted):
        newest = wanted.filterset.queryset.filter(
            pk__in=newest_keys(wanted.filterset.qs)
        ).annotate(
            changed_at=newest_version(Policy),
            events_changed_at=newest_version(PolicyEvent, "policy"),
        )
        for policy in sorted(newest, key=newest_first):
            policy.address = wanted.base + policy.get_absolute_url()
            yield policy

    def item_title(self, policy):
        return policy.title

    def item_description(self, policy):
        return escape(policy.summary or policy.title)

    def item_guid(self, policy):
        return tag_name(policy.address, policy.published_at.date())

    def item_pubdate(self, policy):
        return policy.published_at

    def item_updateddate(self, policy):
        moments = policy.published_at, policy.changed_at, policy.events_changed_at
        return max(filter(None, moments))

    def item_categories(self, policy):
        return [topic.name for topic in policy.topics.all()]


def newest_first(policy):
    """Sorts policies by the day they were added, then by their own date, newest
    first."""
    came = localdate(policy.published_at)
    own = policy.published_on.toordinal() if policy.published_on else 0
    return -came.toordinal(), -own, policy.code


def newest_keys(acts) -> list[int]:
    """The keys of a feed's policies; three queries, none of which sorts all policies by
    day.

    If the last day has more policies than fit, the newest of them are taken.
    """
    acts = acts.prefetch_related(None)
    came = acts.order_by("-published_at").values_list("published_at", flat=True)
    moments = list(came[:FEED_LENGTH])
    if not moments:
        return []
    first = localtime(moments[-1]).replace(hour=0, minute=0, second=0, microsecond=0)
    after = first + timedelta(days=1)
    later = acts.filter(published_at__gte=after).order_by()
    keys = list(later.values_list("pk", flat=True))
    # The index on times is no use here: an import can add thousands of policies in one
    # day.
    on_the_day = acts.alias(came=Coalesce("published_at", "published_at")).filter(
        came__gte=first, came__lt=after
    )
    newest = F("published_on").desc(nulls_last=True)
    ordered = on_the_day.order_by(newest, "code").values_list("pk", flat=True)
    return [*keys, *ordered[: FEED_LENGTH - len(keys)]]
