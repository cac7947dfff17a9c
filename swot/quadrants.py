"""Moves an entry to another quadrant and records when and why. Its code stays."""

from django.db import transaction

from .models import QuadrantMove


def planned_move(entry, quadrant, *, moved_on, reason_zh_hans, reason_en=""):
    """The unsaved QuadrantMove of `entry`.

    Raises ValidationError, by the fields of QuadrantMove, if the entry is already in
    that quadrant, the day is missing or in the future, or the reason is empty.
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
    """Put `entry` into another quadrant and record why; returns the QuadrantMove.

    Takes and refuses the same arguments as `planned_move`.
    """
    move = planned_move(entry, quadrant, **given)
    entry.quadrant = quadrant
    entry.save()
    move.save()
    return move
