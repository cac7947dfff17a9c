"""Move an entry to another quadrant: when and why. Its code stays as it is."""

from django.db import transaction

from .models import QuadrantMove


@transaction.atomic
def move_entry(entry, quadrant, *, moved_on, reason_zh_hans, reason_en=""):
    """Put `entry` into another quadrant and keep why; gives the QuadrantMove.

    Raises ValidationError when it stands there already or the reason is empty.
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
    entry.quadrant = quadrant
    entry.save()
    move.save()
    return move
