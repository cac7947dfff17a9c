"""What uses a thing, for its page: a bounded list of each kind with its total."""

from dataclasses import dataclass, field

SHOWN = 12


@dataclass(frozen=True)
class Part:
    """The first rows of a kind and how many there are."""

    rows: list = field(default_factory=list)
    total: int = 0

    def __bool__(self):
        return self.total > 0

    @property
    def more(self):
        return self.total - len(self.rows)


@dataclass(frozen=True)
class UsedBy:
    entries: Part
    recommendations: Part
    claims: Part

    @property
    def total(self):
        return self.entries.total + self.recommendations.total + self.claims.total

    @property
    def more_parts(self):
        return self.entries.more + self.recommendations.more


def used_by(*, entries=None, recommendations=None, claims=None) -> UsedBy:
    """The published ones of these querysets; a query for each, and one more where there
    are too many to show."""
    return UsedBy(
        entries=_first_parts(entries),
        recommendations=_first_parts(recommendations),
        claims=_first_claims(claims),
    )


def _first_parts(parts):
    if parts is None:
        return Part()
    return _first(parts.published().select_related("analysis").in_order())


def _first_claims(claims):
    return Part() if claims is None else _first(claims.published().order_by("code"))


def _first(rows):
    first = list(rows[: SHOWN + 1])
    if len(first) <= SHOWN:
        return Part(first, len(first))
    return Part(first[:SHOWN], rows.count())
