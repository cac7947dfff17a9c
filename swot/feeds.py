"""Changed verdicts and corrections as Atom feeds, in the language of the address."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from cbec_site.base.atom import LanguageFeed, tag_name
from cbec_site.base.limits import FEED_LENGTH
from cbec_site.base.newest import newest_version

from .models import Correction, VerdictChange


class VerdictFeed(LanguageFeed):
    """One feed entry for each change of a published claim's verdict, newest first."""

    def title(self):
        return _("CBEC Evidence: changed verdicts")

    def subtitle(self):
        return _("Claims that the data no longer support, or support again.")

    def link(self, base):
        return base + reverse("swot:claim-list")

    def feed_url(self, base):
        return base + reverse("swot:claim-feed")

    def items(self, base):
        newest = (
            VerdictChange.objects.published()
            .select_related("claim")
            .order_by("-changed_at", "-pk")
        )[:FEED_LENGTH]
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
        # Superseded: the statement was true of the value above.
        overtaken = change.new_verdict == change.claim.verdict == "superseded"
        since = f" {change.claim.now_sentence}" if overtaken else ""
        return escape(f"{change.claim.statement} {values}{since}")

    def item_guid(self, change):
        return tag_name(change.address, change.changed_at.date(), f":{change.pk}")

    def item_pubdate(self, change):
        return change.changed_at

    item_updateddate = item_pubdate


class CorrectionFeed(LanguageFeed):
    """One feed entry for each published correction, newest first."""

    def title(self):
        return _("CBEC Evidence: corrections")

    def subtitle(self):
        return _("What was wrong on this site, and what it says now.")

    def link(self, base):
        return base + reverse("swot:correction-list")

    def feed_url(self, base):
        return base + reverse("swot:correction-feed")

    def items(self, base):
        newest = (
            Correction.objects.published()
            .annotate(changed_at=newest_version(Correction))
            .order_by("-corrected_on", "-pk")
        )[:FEED_LENGTH]
        for correction in newest:
            correction.address = base + correction.get_absolute_url()
            yield correction

    def item_title(self, correction):
        return correction.title

    def item_description(self, correction):
        values = _("Before: %(old)s. Now: %(new)s.") % {
            "old": correction.old_value,
            "new": correction.new_value,
        }
        return escape(f"{values} {correction.reason}")

    def item_guid(self, correction):
        page = correction.address.partition("#")[0]
        return tag_name(page, correction.corrected_on, f":{correction.pk}")

    def item_pubdate(self, correction):
        return correction.published_at

    def item_updateddate(self, correction):
        return max(filter(None, (correction.published_at, correction.changed_at)))
