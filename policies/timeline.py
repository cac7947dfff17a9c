"""What happened to an act, in order, for its page and the API."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cbec_site.base.confidence import Confidence
from cbec_site.base.official_hosts import is_adviser, is_official

from .force import Kind, Stated
from .models import Policy

# How the evidence begins where editors judged a status themselves. The address after it
# is a page that names the act, not one that states the status.
JUDGEMENT = "own judgement"
# Who stated a status in the library before acts had events.
LIBRARY = "CBEC Evidence"


@dataclass(frozen=True)
class Moment:
    """One event; `act` is the published act that caused it, or None.

    `happened` is 2021, 2021-03 or 2021-03-19. `act_name` names an act without a page.
    """

    kind: Kind
    happened: str
    stated: str = ""
    stated_label: str = ""
    act: Policy | None = None
    act_name: str = ""
    evidence: str = ""
    confidence: str = ""

    @property
    def label(self):
        """What happened or will happen; an expiry is dated by the last day of force."""
        if self.kind == Kind.EXPIRED:
            return _("Last day in force")
        today = timezone.localdate().isoformat()
        if self.kind == Kind.EFFECTIVE and self.happened > today[: len(self.happened)]:
            return _("Takes effect")
        return self.kind.label

    @property
    def is_judgement(self):
        """Whether the status is the editors' own judgement and not taken from a
        source."""
        if self.kind != Kind.STATED:
            return False
        is_silent = not self.evidence and self.confidence == Confidence.EDITOR
        return is_silent or self.evidence.startswith((JUDGEMENT, LIBRARY))

    @property
    def judgement(self):
        """What the editors' own judgement rests on, in words; "" if it is none."""
        if not self.is_judgement:
            return ""
        if self.stated == Stated.IN_FORCE:
            return _("The editors' own judgement: they know of no repeal and no end.")
        if self.stated == Stated.EXPIRED:
            return _("The editors' own judgement; nobody else is known to say so.")
        return _("The editors found no statement on whether it still applies.")

    @property
    def is_secondary(self):
        """Whether it was seen only at a source other than the authority."""
        return bool(self.evidence_url) and not (
            is_official(self.evidence_url) and self.confidence != Confidence.SECONDARY
        )

    @property
    def source_label(self):
        """What kind of source the evidence links to."""
        if is_adviser(self.evidence_url):
            return _("law firm or consultancy, a secondary source")
        if is_official(self.evidence_url):
            if self.is_secondary:
                return _("official page, as a secondary source names it")
            return _("official page")
        return _("secondary source")

    @property
    def evidence_url(self):
        """The address of the evidence, if it can be followed."""
        address = self.evidence.removeprefix(f"{JUDGEMENT}: ")
        is_link = address.startswith(("http://", "https://"))
        return address if is_link and " " not in address else ""

    @property
    def act_code(self):
        return self.act.code if self.act else ""


def timeline(policy: Policy) -> list[Moment]:
    """The public events of an act, including its writing and publication."""
    moments = [
        Moment(kind, happened)
        for kind, happened in (
            (Kind.WRITTEN, policy.written_text),
            (Kind.PUBLISHED, policy.published_text),
        )
        if happened
    ]
    for event in policy.public_events:
        act = event.act if event.act and event.act.is_public else None
        moments.append(
            Moment(
                Kind(event.kind),
                event.happened_text,
                event.stated,
                event.get_stated_display() if event.stated else "",
                act,
                event.act_name,
                event.evidence,
                event.confidence,
            )
        )
    return sorted(moments, key=lambda moment: moment.happened)
