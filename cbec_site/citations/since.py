"""How a page differs from what readers saw at an earlier moment.

Derived from what is public: versions of values, changes of verdicts, corrections, and
the versions of texts that were published then. Nothing is said about what is a draft
now, or was one then.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from cbec_site.base.confidence import UNCONFIRMED
from cbec_site.base.history import texts_of
from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import CORRECTIONS_SHOWN
from datasets.cited import ValueChanges, value_changes
from datasets.models import Figure, FigureObservation, Observation
from policies.force import force_on
from policies.models import Policy, PolicyEvent
from swot.changes import public_parts, values_of
from swot.figures import figures_of
from swot.models import (
    Analysis,
    Claim,
    Correction,
    Entry,
    Recommendation,
    VerdictChange,
)
from swot.prose import bound_codes

VERDICTS_SHOWN = 20
# The checker writes these, after what it reads.
COMPUTED = {"computation", "explanation"}
# What pages print beside the texts of a thing.
PRINTED = {
    Claim: ("stated_value",),
    Policy: ("published_on",),
}


@dataclass(frozen=True)
class Since:
    """What changed on a page since a moment; what is empty did not change.

    `verdicts` are the first changes of the verdicts that differ now, `reworded` the
    names of the texts that were edited, `moved_from` the former quadrant of an entry,
    `force_before` and `force_now` the answers for an act.
    """

    moment: datetime
    was_public: bool = True
    values: ValueChanges | None = None
    verdicts: list[VerdictChange] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    edited_parts: list = field(default_factory=list)
    moved_from: str = ""
    events: list[PolicyEvent] = field(default_factory=list)
    force_before: object = None
    force_now: object = None

    @property
    def has_changes(self):
        parts = (self.values, self.verdicts, self.corrections, self.reworded)
        more = (self.edited_parts, self.moved_from, self.events, self.force_before)
        return any(map(bool, parts + more))


def changes_of(thing, moment) -> Since:
    """What changed on the public page of a thing; a fixed number of queries."""
    told = {}
    if isinstance(thing, Policy):
        told = _of_policy(thing, moment)
    elif isinstance(thing, Claim | Entry | Recommendation | Analysis):
        told = _of_study(thing, moment)
    else:
        told["values"] = value_changes(_shown_on(thing), moment)
    version = _versions_at(type(thing), [thing.pk], moment).get(thing.pk)
    if isinstance(thing, Entry) and version:
        moved = version.quadrant != thing.quadrant
        told["moved_from"] = version.get_quadrant_display() if moved else ""
    return Since(
        moment=moment,
        was_public=_was_public(thing, version, moment),
        reworded=_reworded(thing, version),
        **told,
    )


def _shown_on(thing):
    """The values of a figure, indicator, region or source, drafts among them."""
    if isinstance(thing, Figure):
        return Observation.objects.filter(points__figure=thing)
    return thing.observations.all()


def _of_study(thing, moment):
    if isinstance(thing, Claim):
        parts, claims = [], Claim.objects.filter(pk=thing.pk)
    elif isinstance(thing, Analysis):
        entries, advice, claims = public_parts(thing)
        parts = [*entries, *advice.select_related("analysis")]
    else:
        parts, claims = [thing], thing.claims.published()
    codes = _bound_in(thing, parts)
    claims = Claim.objects.published().filter(
        Q(pk__in=claims.order_by().values("pk")) | Q(code__in=codes["claim"])
    )
    read = values_of(
        [part for part in parts if isinstance(part, Entry)],
        [part for part in parts if isinstance(part, Recommendation)],
        claims,
    )
    shown = Q(pk__in=read.order_by().values("pk"))
    if codes["obs"]:
        shown |= Q(code__in=codes["obs"])
    if isinstance(thing, Analysis):
        points = FigureObservation.objects.filter(
            figure__in=figures_of(thing).order_by()
        )
        shown |= Q(pk__in=points.order_by().values("observation"))
    others = parts if isinstance(thing, Analysis) else []
    return {
        "values": value_changes(Observation.objects.filter(shown), moment),
        "verdicts": _verdicts(claims, moment),
        "corrections": _corrections(thing, parts, claims, moment),
        "edited_parts": [
            part
            for model in (Entry, Recommendation)
            for part in _edited(model, others, moment)
        ],
    }


def _bound_in(thing, parts):
    """The codes that the texts of a page bind their numbers to, by kind."""
    texts = [getattr(part, "body", "") for part in parts]
    if isinstance(thing, Analysis):
        texts += [thing.abstract_zh_hans, thing.abstract_en]
    codes = {"claim": set(), "obs": set()}
    for text in texts:
        for kind, code in bound_codes(text or ""):
            codes[kind].add(code)
    return codes


def _verdicts(claims, moment):
    """The first change of each claim since then whose verdict differs now."""
    since = VerdictChange.objects.published().filter(changed_at__gt=moment)
    earlier = since.filter(
        Q(changed_at__lt=OuterRef("changed_at"))
        | Q(changed_at=OuterRef("changed_at"), pk__lt=OuterRef("pk")),
        claim=OuterRef("claim"),
    )
    first = since.filter(~Exists(earlier), claim__in=claims)
    changed = first.exclude(old_verdict=F("claim__verdict")).select_related("claim")
    return list(changed.order_by("-changed_at", "-pk")[:VERDICTS_SHOWN])


def _corrections(thing, parts, claims, moment):
    """Corrections that were published since, of what the page shows."""
    about = Q(claim__in=claims) | Q(claims__in=claims)
    about |= Q(entry__in=[part for part in parts if isinstance(part, Entry)])
    advice = [part for part in parts if isinstance(part, Recommendation)]
    about |= Q(recommendation__in=advice)
    return _newest(Correction.objects.filter(about), moment)


def _newest(corrections, moment):
    since = corrections.published().filter(published_at__gt=moment).distinct()
    return list(since.order_by("-corrected_on", "-pk")[:CORRECTIONS_SHOWN])


def _of_policy(policy, moment):
    """Events that were added, the force then and now, corrections."""
    public = policy.public_events
    versions = PolicyEvent.history.filter(policy=policy.pk)
    known = set(versions.values_list("id", flat=True))
    # Events without any version were loaded together with the act.
    before = [event for event in public if event.pk not in known]
    before += [
        version
        for version in _newest_versions(versions, moment)
        if version.history_type != "-" and version.confidence not in UNCONFIRMED
    ]
    names = {(event.kind, event.happened_on) for event in before}
    force_before = force_on(localdate(moment), before, policy.made_on)
    force_now = policy.force()
    has_changed = force_before.label != force_now.label
    return {
        "events": [e for e in public if (e.kind, e.happened_on) not in names],
        "force_before": force_before if has_changed else None,
        "force_now": force_now if has_changed else None,
        "corrections": _newest(policy.corrections.all(), moment),
    }


def _versions_at(model, keys, moment):
    """The newest version of each row up to a moment, by key of the row."""
    versions = _newest_versions(model.history.filter(id__in=keys), moment)
    return {version.id: version for version in versions}


def _newest_versions(versions, moment):
    newest = versions.filter(history_date__lte=moment).latest_of_each()
    return newest.order_by("history_id")


def _was_public(thing, version, moment):
    if version is not None:
        return getattr(version, "is_published", True)
    published_at = getattr(thing, "published_at", None)
    return published_at is None or published_at <= moment


def _edited(model, parts, moment):
    """Those of the parts whose public texts were different then."""
    own = {part.pk: part for part in parts if isinstance(part, model)}
    versions = _versions_at(model, own, moment) if own else {}
    return [own[pk] for pk, version in versions.items() if _reworded(own[pk], version)]


def _reworded(thing, version):
    """The names of the texts that differ from a version that was public."""
    if version is None or not getattr(version, "is_published", True):
        return []
    model = type(thing)
    columns = {
        name: [f"{name}_{language.column}" for language in LANGUAGES]
        for name in texts_of(model)
        if name not in COMPUTED
    }
    columns |= {name: [name] for name in PRINTED.get(model, ())}
    return [
        str(model._meta.get_field(name).verbose_name)
        for name, own in columns.items()
        if any(_text(version, column) != _text(thing, column) for column in own)
    ]


def _text(row, column):
    return getattr(row, column, None) or ""
