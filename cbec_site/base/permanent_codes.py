"""Codes that texts name: what has one is kept, and keeps it, while they do.

A marker such as obs:gz_cbec_2019 is no link that a database could protect, and the apps
below do not know which texts there are: they ask.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, signals
from django.dispatch import Signal
from django.utils.translation import gettext as _

from .languages import sign

# Sent by a model with codes; each receiver gives {code: [what names it]}.
namers_asked = Signal()


def ask_namers(model, codes: Iterable[str]) -> dict[str, list]:
    """What names these codes of a model's rows, drafts included; only named ones."""
    wanted, found = set(codes) - {""}, {}
    if wanted:
        for _receiver, named in namers_asked.send(model, codes=wanted):
            for code, items in named.items():
                found.setdefault(code, []).extend(items)
    return found


def check_code_is_free(item) -> None:
    """ValidationError if a stored row is about to give up a code that texts name."""
    model = type(item)
    old = model.objects.filter(pk=item.pk).values_list("code", flat=True).first()
    texts = ask_namers(model, [old]).get(old) if old and old != item.code else None
    if texts:
        raise ValidationError({"code": keeps_code(old, texts)})


def keeps_code(code: str, texts: Iterable) -> str:
    """Why a row keeps its code, for the editor."""
    return _(
        "Codes are permanent, and texts name %(code)s. Take it out of each of them "
        "first: %(texts)s."
    ) % {"code": code, "texts": sign("、").join(map(str, texts))}


def keep_named(model) -> None:
    """Refuse to delete rows of a model while something names their code."""
    signals.pre_delete.connect(_refuse, sender=model)


def _refuse(sender, instance, **kwargs):
    texts = ask_namers(sender, [instance.code]).get(instance.code)
    if texts:
        raise ProtectedError("A text rests on it.", texts)
