"""The newest policies as an Atom feed in the language of its address."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from cbec_site.base.atom import LanguageFeed, tag_name
from cbec_site.base.limits import FEED_LENGTH

from .models import Policy


class PolicyFeed(LanguageFeed):
    """Policies in the order in which the library got them, the newest acts first."""

    def title(self):
        return _("CBEC Evidence: newest policies")

    def subtitle(self):
        return _("Policies on cross-border e-commerce added to the library.")

    def link(self, base):
        return base + reverse("policies:policy-list")

    def feed_url(self, base):
        return base + reverse("policies:feed")

    def items(self, base):
        versions = Policy.history.model.objects.filter(id=OuterRef("pk"))
        newest = (
            Policy.objects.published()
            .with_labels()
            .annotate(
                changed_at=Subquery(
                    versions.order_by("-history_date").values("history_date")[:1]
                )
            )
            .order_by(TruncDate("published_at").desc(), "-published_on", "code")
        )[:FEED_LENGTH]
        for policy in newest:
            policy.address = base + policy.get_absolute_url()
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
        return max(policy.published_at, policy.changed_at or policy.published_at)

    def item_categories(self, policy):
        return [topic.name for topic in policy.topics.all()]
