"""What a citation says about a page, read from the object that the page is about."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from cbec_site.base.languages import sign
from datasets.models import Figure, Indicator, Region, Source
from policies.models import Policy
from swot.models import Analysis, Claim, Entry, Recommendation

DATASET, PAGE, DOCUMENT = "dataset", "webpage", "document"
# The models whose pages have a citation of their own.
CITED = (
    Analysis,
    Claim,
    Entry,
    Figure,
    Indicator,
    Policy,
    Recommendation,
    Region,
    Source,
)


@dataclass(frozen=True)
class Record:
    """One page to cite; what is not known is empty and left out of every format.

    `version` is the moment at which the data of the site last changed (UTC).
    """

    key: str
    kind: str
    authors: tuple[str, ...]
    title: str
    address: str
    site: str
    language: str
    cited_on: date
    version: datetime | None = None
    published: str = ""
    number: str = ""

    @property
    def version_text(self):
        return f"{self.version:%Y-%m-%dT%H:%M:%SZ}" if self.version else ""

    @property
    def edition(self):
        """The version where it is that of the work, which an act of others has none
        of."""
        return "" if self.kind == DOCUMENT else self.version_text

    @property
    def note(self):
        """The version of our data about the act of others, in words."""
        if self.kind != DOCUMENT or not self.version:
            return ""
        return f"{gettext('Data version')}{sign(': ')}{self.version_text}"

    @property
    def changed_on(self):
        """The day of that moment in the site's time zone, as pages write it."""
        return localtime(self.version).date().isoformat() if self.version else ""

    @property
    def dated(self):
        """Its date: of a document its own, which a change of our page does not move."""
        if self.kind == DOCUMENT:
            return self.published
        return self.published or self.changed_on


def record_of(thing, *, address, cited_on, version) -> Record:
    """The record of a figure, indicator, region, source, policy or part of a study."""
    kind, key, title = _named(thing)
    site = gettext("CBEC Evidence")
    facts = {"authors": (site,)}
    if isinstance(thing, Policy):
        facts = {
            "authors": tuple(issuer.name for issuer in thing.issuer_list),
            "published": thing.dated_text,
            "number": thing.public_number,
        }
    return Record(
        key=key,
        kind=kind,
        title=title,
        address=address,
        site=site,
        language=get_language(),
        cited_on=cited_on,
        version=version,
        **facts,
    )


def _named(thing):
    if isinstance(thing, Figure):
        number = thing.number.removeprefix("F")
        title = gettext("Figure %(number)s: %(title)s")
        return (
            DATASET,
            f"figure-{thing.slug}",
            title
            % {
                "number": number,
                "title": thing.title,
            },
        )
    if isinstance(thing, Indicator):
        return DATASET, f"indicator-{thing.code}", thing.title
    if isinstance(thing, Source):
        title = gettext("Values from: %(source)s") % {"source": thing.title}
        return DATASET, f"source-{thing.code}", title
    if isinstance(thing, Region):
        title = gettext("Values of %(region)s") % {"region": thing.name}
        return DATASET, f"region-{thing.code}", title
    if isinstance(thing, Policy):
        return DOCUMENT, f"policy-{thing.code}", thing.title
    if isinstance(thing, Claim):
        title = gettext("Claim %(code)s: %(statement)s")
        return (
            PAGE,
            f"claim-{thing.code}",
            title
            % {
                "code": thing.code,
                "statement": thing.statement,
            },
        )
    if isinstance(thing, Entry | Recommendation):
        key = f"{type(thing).__name__.lower()}-{thing.code}"
        return PAGE, key, f"{thing.code} {thing.title}"
    if isinstance(thing, Analysis):
        return PAGE, f"analysis-{thing.slug}", thing.title
    raise TypeError(thing)
