"""The newest policies as an Atom feed in the language of its address."""

from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from cbec_site.templatetags.evidence import bcp47, site_address

from .models import Policy

NEWEST = 50


class LanguageAtom(Atom1Feed):
    """Atom that names its language as XML wants it: zh-Hans."""

    def root_attributes(self):
        attributes = super().root_attributes()
        return attributes | {"xml:lang": bcp47(self.feed["language"])}


class PolicyFeed(Feed):
    """Policies in the order in which the library got them, the newest acts first."""

    feed_type = LanguageAtom
    author_name = "CBEC Evidence"

    def get_object(self, request):
        return site_address(request)

    def title(self):
        return _("CBEC Evidence: newest policies")

    def subtitle(self):
        return _("Policies on cross-border e-commerce added to the library.")

    def link(self, base):
        return base + reverse("policies:policy-list")

    def feed_url(self, base):
        return base + reverse("policies:feed")

    feed_guid = feed_url

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
        )[:NEWEST]
        for policy in newest:
            policy.address = base + policy.get_absolute_url()
            yield policy

    def item_title(self, policy):
        return policy.title

    def item_description(self, policy):
        return escape(policy.summary or policy.title)

    def item_link(self, policy):
        return policy.address

    def item_guid(self, policy):
        """A name that stays when the site moves to https or the text is edited."""
        address = urlsplit(policy.address)
        day = policy.published_at.date()
        return f"tag:{address.hostname},{day}:{address.path.strip('/')}"

    def item_pubdate(self, policy):
        return policy.published_at

    def item_updateddate(self, policy):
        return max(policy.published_at, policy.changed_at or policy.published_at)

    def item_categories(self, policy):
        return [topic.name for topic in policy.topics.all()]
