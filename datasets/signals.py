"""Signals sent when data change, for the apps that build on them.

Saving or deleting through the models sends them automatically. Code that bypasses the
models (bulk imports, undo, commands) calls this, inside the transaction of the write
and once per batch::

    announce(observations=[ids written], former=[observations removed],
             batch=batch, reason=reason)
"""

from collections.abc import Iterable

from django.dispatch import Signal

# Sent with observations (ids), former (instances), touched, batch and reason.
observations_changed = Signal()
# Sent by Indicator, Region or Source with before and after (instances) and reason.
series_changed = Signal()


def announce(
    *,
    observations: Iterable[int] | None = (),
    former: Iterable = (),
    touched=None,
    batch=None,
    reason: str = "",
) -> None:
    """Announce once which observations a batch wrote or removed; errors propagate.

    None stands for too many to list; `touched` then says what they count for (see
    `models.totals`). `former` are observations as they were before they were removed or
    changed.
    """
    observations_changed.send(
        sender=None,
        observations=None if observations is None else list(observations),
        former=list(former),
        touched=touched,
        batch=batch,
        reason=reason,
    )
