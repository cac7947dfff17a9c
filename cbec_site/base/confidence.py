"""How certain a fact is, and who may see it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """The basis of a fact; one that is only remembered is never public."""

    OFFICIAL = "seen-official", _("Seen on an official page")
    SECONDARY = "seen-secondary", _("Seen on a secondary page")
    EDITOR = "editor", _("Confirmed by an editor")
    RECALLED = "recalled", _("To confirm")


# Facts on this basis are shown to editors only, until somebody confirms them.
UNCONFIRMED = (Confidence.RECALLED,)
