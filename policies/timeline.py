"""What happened to an act, in order, as its page and the API tell it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cbec_site.base.confidence import Confidence
from cbec_site.base.official_hosts import is_adviser

from .force import Kind
from .models import Policy


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
        """What happened, or will: an expiry is dated by the last day of force."""
        if self.kind == Kind.EXPIRED:
            return _("Last day in force")
        today = timezone.localdate().isoformat()
        if self.kind == Kind.EFFECTIVE and self.happened > today[: len(self.happened)]:
            return _("Takes effect")
        return self.kind.label

    @property
    def is_secondary(self):
        """Whether it was not seen at the authority itself."""
        return self.confidence == Confidence.SECONDARY

    @property
    def is_adviser(self):
        """Whether a law firm or a consultancy says it."""
        return is_adviser(self.evidence_url)

    @property
    def evidence_url(self):
        """The address of the evidence where it is one to follow."""
        is_link = self.evidence.startswith(("http://", "https://"))
        return self.evidence if is_link and " " not in self.evidence else ""

    @property
    def act_code(self):
        return self.act.code if self.act else ""


def timeline(policy: Policy) -> list[Moment]:
    """The public events of an act, its writing and publication among them."""
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
