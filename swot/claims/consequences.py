"""Finds the claims whose verdict a change would affect, before it is saved.

`consequences` puts proposed values in place of those in the database;
`series_consequences` saves a changed indicator, region or source and rolls it back.
"""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from itertools import chain, islice

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cbec_site.base.limits import FOLLOWED_ONE_BY_ONE
from datasets.dependents import Consequence, Proposal
from datasets.models import Indicator, Region, Source
from swot.checking.explanations import explanation
from swot.checking.facts import Fact, Facts
from swot.checking.verification import check
from swot.models.fact_loading import labels, levels, load, prefetch
from swot.models.verdict_changes import ClaimInput

from .rechecking import claims_reading_keys, claims_reading_objects, keys_of

# The fields that decide verdicts, which names do not.
DECIDING = {
    Indicator: ("code", "is_published", "published_at"),
    Region: ("code",),
    Source: ("code",),
}


def consequences(proposals: Iterable[Proposal]) -> list[Consequence]:
    """The claims whose verdict would change if these values were saved.

    Writes nothing; texts are in the active language.
    """
    proposals = iter(proposals)
    first = list(islice(proposals, FOLLOWED_ONE_BY_ONE + 1))
    if len(first) <= FOLLOWED_ONE_BY_ONE:
        proposed = _Proposed(first)
        # What is deleted is named as it is stored.
        changed = [p.id for p in first if p.id is not None and not p.is_deleted]
        keys = (keys_of(changed) if changed else set()) | proposed.keys
    else:
        proposed, keys = _Proposed(read_by_claims(chain(first, proposals))), None
    claims = [
        claim for claim in _ordered(claims_reading_keys(keys)) if claim.is_computed
    ]
    statements = [claim.as_statement for claim in claims]
    stored = load(statements)
    return _changed(claims, stored, proposed.over(stored, levels(statements)))


def series_consequences(things: Iterable) -> list[Consequence]:
    """The same for indicators, regions or sources (of one kind, not saved yet).

    They are saved in a transaction that is rolled back, so nothing is kept.
    """
    things = [thing for thing in things if thing.pk]
    if not things:
        return []
    model = type(things[0])
    pks = [thing.pk for thing in things]
    codes = set(model.objects.filter(pk__in=pks).values_list("code", flat=True))
    codes |= {thing.code for thing in things}
    claims = [
        c for c in _ordered(claims_reading_objects(model, pks, codes)) if c.is_computed
    ]
    stored = load(claim.as_statement for claim in claims)
    with _as_if_saved(things):
        facts = prefetch(claim.as_statement for claim in claims)
    return _changed(claims, stored, facts)


@contextmanager
def _as_if_saved(things):
    with transaction.atomic():
        for thing in things:
            values = {name: getattr(thing, name) for name in DECIDING[type(thing)]}
            # Past the search index, whose entries would be rolled back too.
            type(thing)._base_manager.filter(pk=thing.pk).update(**values)
        yield
        transaction.set_rollback(True)


def _ordered(claims):
    return claims.select_related("subject_region").order_by("code")


def _changed(claims, stored, facts):
    """Consequences for claims whose verdict changes, or whose values become drafts."""
    confirmed = {fact.pk for fact in stored if fact.is_published}
    changes = []
    for claim in claims:
        outcome = check(claim.as_statement, facts)
        is_withheld = any(fact.pk in confirmed for fact in outcome.drafts)
        if outcome.verdict != claim.verdict or (is_withheld and claim.is_published):
            changes.append(_consequence(claim, outcome, is_withheld))
    return changes


def _consequence(claim, outcome, is_withheld):
    after = str(outcome.verdict.label)
    if is_withheld:
        after = _("%(verdict)s, on values that are not confirmed") % {"verdict": after}
    address = reverse("admin:swot_claim_change", args=[claim.pk])
    return Consequence(
        kind="claim",
        code=claim.code,
        title=claim.statement,
        url=claim.get_absolute_url() if claim.is_published else address,
        before=str(claim.get_verdict_display()),
        after=after,
        detail=explanation(outcome),
        is_public=claim.is_published,
    )


def read_by_claims(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that a claim reads, in one pass over possibly millions."""
    rows = ClaimInput.objects.values_list("code", "indicator", "region").distinct()
    read = set(rows)
    indicators = dict(Indicator.objects.values_list("pk", "code"))
    regions = dict(Region.objects.values_list("pk", "code"))

    def is_read(proposal):
        indicator = indicators[proposal.indicator_id]
        region = regions[proposal.region_id]
        return not read.isdisjoint(
            {(proposal.code, "", ""), ("", indicator, region), ("", indicator, "")}
        )

    return list(filter(is_read, proposals))


class _Proposed:
    """Proposed observations as facts, to replace those in the database."""

    def __init__(self, proposals):
        self.indicators = _rows(Indicator, proposals, "indicator_id")
        self.regions = _rows(Region, proposals, "region_id")
        self.sources = _rows(Source, proposals, "source_id")
        self.proposals = proposals

    @property
    def keys(self):
        return {self._key(proposal) for proposal in self.proposals}

    def over(self, facts: list[Fact], levels: Mapping[str, str]) -> Facts:
        """The facts, with the proposed values in place of the stored ones."""
        replaced = {p.id for p in self.proposals if p.id is not None}
        kept = [fact for fact in facts if fact.pk not in replaced]
        proposed = [self._fact(p) for p in self.proposals if not p.is_deleted]
        return Facts(kept + proposed, levels)

    def _key(self, proposal):
        return (
            proposal.code,
            self.indicators[proposal.indicator_id].code,
            self.regions[proposal.region_id].code,
        )

    def _fact(self, proposal):
        indicator = self.indicators[proposal.indicator_id]
        region = self.regions[proposal.region_id]
        return Fact(
            pk=proposal.id,
            code=proposal.code,
            indicator=indicator.code,
            region=region.code,
            period=proposal.period,
            value=proposal.value,
            unit=proposal.unit,
            decimals=proposal.decimals,
            breakdown=proposal.breakdown,
            source=self.sources[proposal.source_id].code,
            vintage=proposal.vintage,
            status=proposal.status,
            qualifier=proposal.qualifier,
            is_published=proposal.is_published and indicator.is_published,
            kind=indicator.kind,
            level=region.kind,
            names=labels(
                region.name_zh_hans,
                region.name_en,
                indicator.title_zh_hans,
                indicator.title_en,
            ),
        )


def _rows(model, proposals, name):
    return model.objects.in_bulk({getattr(p, name) for p in proposals})
