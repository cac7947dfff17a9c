"""Tell whoever builds on the data that observations change, without knowing them.

Saving or deleting one `Observation` needs nothing: the receivers listen to Django's own
signals. Code that writes past `save()` (bulk imports, undo, commands) calls, inside the
transaction of the write and once per batch::

    announce(observations=[ids written], deleted=[observations removed],
             batch=batch, reason=reason)

Code that shows a preview asks what proposed values would do, nothing being written::

    consequences = ask_consequences([Proposal.of(observation), ...])
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.dispatch import Signal

# Sent with observations (ids), deleted (instances), batch and reason.
observations_changed = Signal()
# Sent with proposals; every receiver returns a list of Consequence.
changes_proposed = Signal()
# Sent with things: changed Indicators, Regions or Sources; answered the same way.
series_proposed = Signal()

# Sent with observations, gained and lost (ids); each receiver gives a list of Touched.
values_touched = Signal()


@dataclass(frozen=True)
class Touched:
    """Something published that shows or rests on values that would change.

    `gained` and `lost` are how many of the `count` values it would show for the first
    time or no longer.
    """

    kind: str
    code: str
    title: str
    url: str
    count: int
    gained: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Proposal:
    """An observation as it would be; `id` is None for a new one."""

    indicator_id: int
    region_id: int
    period: str
    source_id: int
    value: Decimal | None
    unit: str
    decimals: int
    status: str = "A"
    qualifier: str = ""
    breakdown: str = ""
    vintage: str = ""
    code: str = ""
    id: int | None = None
    is_published: bool = True
    is_deleted: bool = False

    @classmethod
    def of(cls, observation, is_deleted: bool = False) -> "Proposal":
        """What saving this (changed or new) observation would propose."""
        fields = {
            name: getattr(observation, name)
            for name in cls.__dataclass_fields__
            if name != "is_deleted"
        }
        return cls(**fields, is_deleted=is_deleted)


@dataclass(frozen=True)
class Consequence:
    """Something that would read differently, in the reader's language.

    What is not public yet is foreseen too, and surprises nobody.
    """

    kind: str
    code: str
    title: str
    url: str
    before: str
    after: str
    detail: str
    is_public: bool = True


def announce(
    *,
    observations: Iterable[int] | None = (),
    deleted: Iterable = (),
    batch=None,
    reason: str = "",
) -> None:
    """Say once which observations a batch wrote or removed; errors go up.

    None stands for more than anybody wants to be told one by one.
    """
    observations_changed.send(
        sender=None,
        observations=None if observations is None else list(observations),
        deleted=list(deleted),
        batch=batch,
        reason=reason,
    )


def ask_consequences(proposals: Iterable[Proposal]) -> list[Consequence]:
    """What would change elsewhere if the proposed values were saved; writes nothing."""
    proposals = proposals if isinstance(proposals, list) else iter(proposals)
    answers = changes_proposed.send(sender=None, proposals=proposals)
    return [consequence for _, found in answers for consequence in found or ()]


def ask_series_consequences(things: Iterable) -> list[Consequence]:
    """The same for Indicators, Regions or Sources that are about to be saved."""
    answers = series_proposed.send(sender=None, things=list(things))
    return [consequence for _, found in answers for consequence in found or ()]


def ask_touched(
    observations: Iterable[int],
    gained: Iterable[int] = (),
    lost: Iterable[int] = (),
) -> list[Touched]:
    """What shows these observations or rests on them; writes nothing.

    `gained` are those of them that would get a public value, `lost` those that would
    be without one.
    """
    answers = values_touched.send(
        sender=None,
        observations=list(observations),
        gained=list(gained),
        lost=list(lost),
    )
    return [touched for _, found in answers for touched in found or ()]
