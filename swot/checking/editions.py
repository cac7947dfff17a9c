"""Reads the same references from other periods or other editions of the data."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from .errors import NoResultError
from .expressions import Reference

if TYPE_CHECKING:
    from .facts import Fact, Facts


class FactSource(Protocol):
    """Where a computation finds its values: `Facts`, or another view of them."""

    levels: Mapping[str, str]

    def resolve(self, reference: Reference) -> "list[Fact]":
        """The facts a reference stands for."""

    def breaks_within(self, facts: "Iterable[Fact]") -> "list[Fact]":
        """The breaks between the oldest and the newest of these values."""


class ShiftedFacts:
    """Facts this many months later; `latest` is already the newest."""

    def __init__(self, facts: "Facts", months: int):
        self._facts, self._months = facts, months
        self.levels = facts.levels
        self.breaks_within = facts.breaks_within

    def resolve(self, reference: Reference) -> "list[Fact]":
        resolved = self._facts.resolve(reference)
        if reference.op == "latest":
            return resolved
        return [self._facts.shifted(fact, self._months) for fact in resolved]


class EditedFacts:
    """Facts as their latest edition gives them; `is_newer` once one differs."""

    def __init__(self, facts: "Facts"):
        self._facts = facts
        self.levels = facts.levels
        self.breaks_within = facts.breaks_within
        self.is_newer = False

    def resolve(self, reference: Reference) -> "list[Fact]":
        found = self._facts.resolve(reference)
        edited = [latest_edition(self._facts, fact) for fact in found]
        self.is_newer = self.is_newer or edited != found
        return edited


class NewestFacts:
    """Facts as the newest values of their series, in their latest edition."""

    def __init__(self, facts: "Facts"):
        self._facts = facts
        self.levels = facts.levels
        self.breaks_within = facts.breaks_within

    def resolve(self, reference: Reference) -> "list[Fact]":
        newest = [self._facts.newest(fact) for fact in self._facts.resolve(reference)]
        return [latest_edition(self._facts, fact) for fact in newest]


def latest_edition(facts: "Facts", fact: "Fact") -> "Fact":
    """The same value as it was last revised; NoResultError if revisions disagree."""
    later = facts.later_editions(fact)
    # A different number from another source is not a revision of this one.
    own = [other for other in later if other.source == fact.source]
    later = own or later
    if not later:
        return fact
    newest = max(edition_of(other) for other in later)
    latest = [other for other in later if edition_of(other) == newest]
    if len({(other.value, other.unit) for other in latest}) > 1:
        raise NoResultError("ambiguous", fact.code or fact.label("en"))
    return latest[0]


def months_between(older: "Fact", newer: "Fact") -> int:
    """How many months later the period of the newer fact begins."""
    if older.bounds is None or newer.bounds is None:
        raise ValueError("facts without a period have no time between them")
    a, b = older.bounds[0], newer.bounds[0]
    return (b.year - a.year) * 12 + b.month - a.month


def edition_of(fact: "Fact") -> tuple[int, str]:
    """How late an edition is: first releases, dated ones, then what is revised."""
    if is_first_release(fact):
        return 0, ""
    return (1, fact.vintage) if fact.vintage[:4].isdigit() else (2, "")


def is_first_release(fact: "Fact") -> bool:
    """Provisional values are first releases unless their vintage says otherwise."""
    return fact.vintage == "first release" or (not fact.vintage and fact.status == "P")
