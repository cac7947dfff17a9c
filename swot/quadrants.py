"""Move an entry to another quadrant: when and why. Its code stays as it is."""

from django.db import transaction

from .models import QuadrantMove


def planned_move(entry, quadrant, *, moved_on, reason_zh_hans, reason_en=""):
    """The QuadrantMove of `entry`, not saved.

    Raises ValidationError, by the fields of QuadrantMove, when the entry stands there
    already, the day is missing or still to come, or the reason is empty.
    """
    move = QuadrantMove(
        entry=entry,
        old_quadrant=entry.quadrant,
        new_quadrant=quadrant,
        moved_on=moved_on,
        reason_zh_hans=reason_zh_hans,
        reason_en=reason_en,
    )
    move.full_clean()
    return move


@transaction.atomic
def move_entry(entry, quadrant, **given):
    """Put `entry` into another quadrant and keep why; gives the QuadrantMove.

    What is `given` and refused is that of `planned_move`.
    """
    move = planned_move(entry, quadrant, **given)
    entry.quadrant = quadrant
    entry.save()
    move.save()
    return move
