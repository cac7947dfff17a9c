"""What rests on a thing, for its page: a bounded list of each kind with its total."""

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
    """The published ones of these querysets; six queries at most.

    Entries and recommendations of draft analyses are left out.
    """
    return UsedBy(
        entries=_first(_of_public_analyses(entries), "analysis__slug", "code"),
        recommendations=_first(
            _of_public_analyses(recommendations), "analysis__slug", "code"
        ),
        claims=_first(claims, "code"),
    )


def _of_public_analyses(parts):
    if parts is None:
        return None
    return parts.filter(analysis__is_published=True).select_related("analysis")


def _first(rows, *order):
    if rows is None:
        return Part()
    rows = rows.published().order_by(*order)
    first = list(rows[:SHOWN])
    return Part(first, rows.count())
