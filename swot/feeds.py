"""Changed verdicts as an Atom feed in the language of its address."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from cbec_site.atom import LanguageFeed, tag_name

from .models import VerdictChange

NEWEST = 50


class VerdictFeed(LanguageFeed):
    """One entry for each change of a published claim's verdict, the newest first."""

    def title(self):
        return _("CBEC Evidence: changed verdicts")

    def subtitle(self):
        return _("Claims that the data bear out no longer, or again.")

    def link(self, base):
        return base + reverse("swot:claim-list")

    def feed_url(self, base):
        return base + reverse("swot:claim-feed")

    def items(self, base):
        newest = (
            VerdictChange.objects.filter(claim__is_published=True)
            .select_related("claim")
            .order_by("-changed_at", "-pk")
        )[:NEWEST]
        for change in newest:
            change.address = base + change.claim.get_absolute_url()
            yield change

    def item_title(self, change):
        return _("%(claim)s: %(old)s → %(new)s") % {
            "claim": change.claim.code,
            "old": change.get_old_verdict_display(),
            "new": change.get_new_verdict_display(),
        }

    def item_description(self, change):
        values = _("Recomputed value before: %(old)s; now: %(new)s.") % {
            "old": change.old_value or "—",
            "new": change.new_value or "—",
        }
        return escape(f"{change.claim.statement} {values}")

    def item_guid(self, change):
        return tag_name(change.address, change.changed_at.date(), f":{change.pk}")

    def item_pubdate(self, change):
        return change.changed_at

    item_updateddate = item_pubdate
