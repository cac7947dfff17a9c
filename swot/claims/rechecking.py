"""Keeps stored verdicts up to date; `consequences` tells what would change.

`recheck` is called inside the transaction that changed observations or claims. Verdicts
are computed in `checking.verification` and put into words in `checking.explanations`;
here they are stored, so that lists, feeds and files need no computation.
"""

from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cbec_site.base.bulk_writes import in_parts, insert, update
from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import FOLLOWED_ONE_BY_ONE, OBJECTS_AT_ONCE, TOO_LARGE
from cbec_site.base.search_index.writing import index_rows
from datasets.models import Observation, Source
from swot.checking.explanations import explanation, reading
from swot.checking.expressions import references
from swot.checking.intervals import MIDDLE, round_half_up
from swot.checking.verification import Outcome, check
from swot.models.claims import Claim
from swot.models.fact_loading import prefetch, reads_series, series_of
from swot.models.verdict_changes import ClaimInput, VerdictChange

from .fingerprints import fingerprint

# Up to this many claims are written without a staging table.
FEW = 50
WRITTEN = (
    "verdict",
    "consequence",
    "computed_value",
    "recomputed_value",
    "interval_low",
    "interval_high",
    "current_value",
    "current_period",
    "computation_zh_hans",
    "computation_en",
    "explanation_zh_hans",
    "explanation_en",
    "words_digest",
)
_written = attrgetter(*WRITTEN)

Key = tuple[str, str, str]


@transaction.atomic(savepoint=False)
def recheck(
    observations: Iterable[int] | None = None,
    *,
    claims: Iterable[Claim] | None = None,
    batch=None,
    reason: str = "",
    renew_words: bool = False,
) -> list[VerdictChange]:
    """Check the claims that read these observations (ids), or these claims, or all.

    Writes verdict, values and words where they changed, and the history of verdicts;
    returns the changed verdicts. Editors' findings are left alone. Outcomes that did
    not change keep their words and links, unless `renew_words` asks to renew them all.
    """
    if claims is None:
        keys = None if observations is None else keys_of(observations)
        claims = locked(claims_reading_keys(keys))
    claims = [claim for claim in claims if claim.is_computed]
    statements = [claim.as_statement for claim in claims]
    facts = prefetch(statements)
    outcomes = [check(statement, facts) for statement in statements]
    return _store(claims, outcomes, batch, reason, renew_words)


def recheck_keys(keys: Iterable[Key], batch=None, reason="") -> list[VerdictChange]:
    """The same for claims that read (code, indicator, region), even after these are
    deleted."""
    with transaction.atomic(savepoint=False):
        claims = list(locked(claims_reading_keys(set(keys))))
        return recheck(claims=claims, batch=batch, reason=reason)


def keys_of(observations: Iterable[int]) -> set[Key] | None:
    """What claims may name of these observations (ids); None when they are many."""
    ids = list(observations)
    if len(ids) > FOLLOWED_ONE_BY_ONE:
        return None
    keys = set()
    for part in in_parts(ids):
        rows = Observation.objects.filter(pk__in=part)
        keys.update(rows.values_list("code", "indicator__code", "region__code"))
    return keys


def index(claims: Iterable[Claim]) -> None:
    """Store what each claim reads, so that later changes find it."""
    claims = list(claims)
    series = _series_of_codes(claims)
    rows = [row for claim in claims for row in _inputs(claim, series)]
    for part in in_parts([claim.pk for claim in claims]):
        ClaimInput.objects.filter(claim__in=part).delete()
    ClaimInput.objects.bulk_create(rows, batch_size=OBJECTS_AT_ONCE)


def locked(claims):
    """The claims, locked until the transaction ends."""
    return (
        claims.filter(expression__isnull=False)
        .select_related("subject_region")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def claims_reading_keys(keys: set[Key] | None):
    """The claims that read any of the keys; all claims for None."""
    if keys is None:
        return Claim.objects.all()
    inputs = ClaimInput.objects.all()
    if len(keys) <= OBJECTS_AT_ONCE // 2:
        codes = {code for code, _, _ in keys if code}
        indicators = {indicator for _, indicator, _ in keys}
        inputs = inputs.filter(code__in=codes) | inputs.filter(indicator__in=indicators)
    codes = {code for code, _, _ in keys}
    pairs = {(indicator, region) for _, indicator, region in keys}
    pairs |= {(indicator, "") for _, indicator, _ in keys}
    pks = {
        pk
        for pk, code, indicator, region in inputs.values_list(
            "claim_id", "code", "indicator", "region"
        )
        if (code and code in codes) or (indicator and (indicator, region) in pairs)
    }
    return _claims_with(pks)


def claims_reading_objects(model, things: Iterable[int], codes: Iterable[str]):
    """The claims that read values of these indicators, regions or sources (ids).

    Includes claims that only name one of the codes: the missing value may appear.
    """
    name = model.__name__.lower()
    links = Claim.observations.through.objects
    pks = set(
        links.filter(**{f"observation__{name}__in": list(things)})
        .values_list("claim_id", flat=True)
        .distinct()
    )
    if model is Source:
        pks |= _naming_sources(set(codes))
    else:
        inputs = ClaimInput.objects.filter(**{f"{name}__in": list(codes)})
        pks |= set(inputs.values_list("claim_id", flat=True))
    return _claims_with(pks)


def _naming_sources(codes):
    claims = Claim.objects.filter(expression__isnull=False)
    return {
        pk
        for pk, tree in claims.values_list("pk", "expression").iterator()
        if any(reference.source in codes for reference in references(tree))
    }


def _claims_with(pks):
    """The claims with these ids; all claims if checking all is cheaper."""
    if len(pks) > OBJECTS_AT_ONCE:
        return Claim.objects.all()
    return Claim.objects.filter(pk__in=pks)


def _series_of_codes(claims):
    """Indicator and region, by code, of coded values whose series matters as well."""
    codes = {
        reference.code
        for claim in claims
        if claim.is_computed and _reads_series(claim)
        for reference in references(claim.expression)
    } | {claim.successor for claim in claims if claim.is_computed}
    codes, series = sorted(codes - {""}), {}
    for part in in_parts(codes):
        values = Observation.objects.named(part)
        for code, *pair in values.values_list(
            "code", "indicator__code", "region__code"
        ):
            series[code] = tuple(pair)
    return series


def _reads_series(claim):
    """Whether other values of a series can change the verdict or its words.

    A claim may follow the newest value, or mention a break between two of them.
    """
    return reads_series(claim.as_statement) or len(references(claim.expression)) > 1


def _inputs(claim, series):
    """One row per code or series; a coded value whose series matters has both."""
    if not claim.is_computed:
        return
    keys, is_wide = set(), _reads_series(claim)
    for reference in references(claim.expression):
        keys.update(series_of(reference))
        if is_wide and reference.code in series:
            keys.add(("", *series[reference.code]))
    if claim.successor:
        keys.add((claim.successor, "", ""))
        if claim.successor in series:
            keys.add(("", *series[claim.successor]))
    for code, indicator, region in sorted(keys):
        yield ClaimInput(claim=claim, code=code, indicator=indicator, region=region)


def _store(claims, outcomes, batch, reason, renew_words):
    before = [(claim.verdict, claim.recomputed_value) for claim in claims]
    stored = [_written(claim) for claim in claims]
    for claim, outcome in zip(claims, outcomes, strict=True):
        _set_values(claim, outcome)
    reworded = _put_in_words(zip(claims, outcomes, strict=True), renew_words)
    changed = [
        claim
        for claim, old in zip(claims, stored, strict=True)
        if old != _written(claim)
    ]
    _write(changed)
    _link(reworded)
    # Claims are found by the names of what they read.
    index_rows(Claim, [claim.pk for claim, _ in reworded])
    changes = [
        VerdictChange(
            claim=claim,
            old_verdict=old_verdict,
            new_verdict=claim.verdict,
            old_value=old_value,
            new_value=claim.recomputed_value,
            batch=batch,
            reason=reason,
        )
        for claim, (old_verdict, old_value) in zip(claims, before, strict=True)
        # A first check gives a verdict; it does not change one.
        if claim.checked_at is not None and old_verdict != claim.verdict
    ]
    VerdictChange.objects.bulk_create(changes, batch_size=OBJECTS_AT_ONCE)
    _set_checked_at(claims)
    return changes


def _put_in_words(pairs, renew_words):
    """Set the words of changed outcomes; return those pairs."""
    reworded = []
    for claim, outcome in pairs:
        digest = fingerprint(outcome)
        if renew_words or claim.words_digest != digest:
            claim.words_digest = digest
            reworded.append((claim, outcome))
    for language in LANGUAGES:
        with override(language.code):
            for claim, outcome in reworded:
                setattr(claim, f"computation_{language.column}", reading(outcome))
                setattr(claim, f"explanation_{language.column}", explanation(outcome))
    return reworded


def _write(claims):
    if len(claims) <= FEW:
        Claim.objects.bulk_update(claims, WRITTEN)
        return
    # bulk_update builds a CASE of one branch per claim and column: minutes for many.
    rows = ({"pk": c.pk} | {name: getattr(c, name) for name in WRITTEN} for c in claims)
    update(Claim, WRITTEN, rows)


def _set_values(claim, outcome: Outcome):
    """Numbers as stored, without anything that would reveal a draft."""
    claim.verdict = outcome.verdict.value
    claim.consequence = outcome.consequence.value
    claim.computed_value = claim.interval_low = claim.interval_high = None
    claim.recomputed_value, claim.current_period = "", ""
    claim.current_value = None
    _set_current(claim, outcome)
    estimate = outcome.estimate
    if estimate is None or outcome.reveals_draft or abs(estimate.value) >= TOO_LARGE:
        return
    claim.computed_value = round_half_up(estimate.value, 6)
    claim.recomputed_value = six_digits(estimate.value)
    ends = (estimate.low, estimate.high)
    if not estimate.is_exact and all(abs(end) < TOO_LARGE for end in ends):
        claim.interval_low, claim.interval_high = (round_half_up(e, 6) for e in ends)


def _set_current(claim, outcome: Outcome):
    """What the newest data give, where they are newer than the statement."""
    current = outcome.current
    if current is None or current.estimate is None or current.reveals_draft:
        return
    if abs(current.estimate.value) < TOO_LARGE:
        claim.current_value = round_half_up(current.estimate.value, 6)
        claim.current_period = outcome.current_period


def six_digits(value: Decimal) -> str:
    """Six significant digits in plain notation: 37.0492, 109, 1015990."""
    if not value:
        return "0"
    rounded = round_half_up(value, 5 - value.adjusted())
    return f"{rounded.normalize(MIDDLE):f}"


def _link(pairs):
    """Make `claim.observations` the inputs of the computation."""
    through = Claim.observations.through
    existing = {}
    for part in in_parts([claim.pk for claim, _ in pairs]):
        rows = through.objects.filter(claim_id__in=part)
        for pk, claim, observation in rows.values_list(
            "pk", "claim_id", "observation_id"
        ):
            existing[claim, observation] = pk
    wanted = {
        (claim.pk, fact.pk): None for claim, outcome in pairs for fact in outcome.inputs
    }
    missing = [pair for pair in wanted if pair not in existing]
    insert(through, ({"claim_id": c, "observation_id": o} for c, o in missing))
    gone = [pk for key, pk in existing.items() if key not in wanted]
    for part in in_parts(gone):
        through.objects.filter(pk__in=part).delete()


def _set_checked_at(claims):
    now = timezone.now()
    for claim in claims:
        claim.checked_at = now
    for part in in_parts([claim.pk for claim in claims]):
        Claim.objects.filter(pk__in=part).update(checked_at=now)
