"""Protects what texts name by code: it cannot be deleted or change its code.

A marker such as obs:gz_cbec_2019 is not a link that a database could protect, and the
lower apps do not know which texts exist, so they ask.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError, signals
from django.utils.translation import gettext as _

from .languages import sign
from .registry import Registry


class CodeUser(Protocol):
    """An app whose texts name rows of other apps by their code."""

    def texts_naming(
        self, model: type[Model], codes: Collection[str]
    ) -> Mapping[str, list]:
        """The texts that name each of these codes of a model, drafts included."""


code_users: Registry[CodeUser] = Registry()


def texts_naming(model: type[Model], codes: Iterable[str]) -> dict[str, list]:
    """Code → texts that name it, for those of a model's codes that are named."""
    wanted, texts_by_code = set(codes) - {""}, {}
    if wanted:
        for user in code_users:
            for code, texts in user.texts_naming(model, wanted).items():
                texts_by_code.setdefault(code, []).extend(texts)
    return texts_by_code


def check_code_is_free(row: Model) -> None:
    """Raises ValidationError if a stored row is about to lose a code that texts
    name."""
    model = type(row)
    old = model.objects.filter(pk=row.pk).values_list("code", flat=True).first()
    texts = texts_naming(model, [old]).get(old) if old and old != row.code else None
    if texts:
        raise ValidationError({"code": code_in_use(old, texts)})


def code_in_use(code: str, texts: Iterable) -> str:
    """Why a row has to keep its code, for the editor."""
    return _(
        "Codes are permanent, and texts name %(code)s. Take it out of each of them "
        "first: %(texts)s."
    ) % {"code": code, "texts": sign("、").join(map(str, texts))}


def protect_named(model: type[Model]) -> None:
    """Refuse to delete rows of a model while a text names their code."""
    signals.pre_delete.connect(_refuse_named, sender=model)


def _refuse_named(sender, instance, **kwargs):
    texts = texts_naming(sender, [instance.code]).get(instance.code)
    if texts:
        raise ProtectedError("A text rests on it.", texts)
