"""Two editors of one draft: the one who saves later chooses between both texts.

A form carries the stamp of the waiting draft that it was opened with (`draft_seen`), ""
if there was none. What is typed is kept with it, so that it can be gone on with later.
"""

import hashlib
import json

from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.utils.translation import gettext as _

from .checklist import NotPublishableError
from .conflicts import CHOICE, MINE, OWN, THEIRS, Difference, shown
from .models import Draft

SEEN, SETTLED = "draft_seen", "_settled_draft"


class OvertakenError(NotPublishableError):
    """Somebody else has saved the draft since the form was opened."""

    def __init__(self, draft: Draft):
        super().__init__(
            _("%(user)s has saved a draft of this since you opened it.")
            % {"user": draft.author}
        )


def stamp(draft: Draft | None) -> str:
    """Names a waiting draft and its text: "" if there is none."""
    if draft is None or not draft.is_waiting:
        return ""
    text = json.dumps(draft.fields, sort_keys=True)
    return f"{draft.pk}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def continued(model, object_id, data) -> Draft | None:
    """The draft that a form continues, if it is still waiting."""
    number = data.get(SEEN, "").partition("-")[0]
    if not (number.isascii() and number.isdecimal()):
        return None
    return _waiting(model, object_id).filter(pk=int(number[:18])).first()


def continues(private: Draft, draft: Draft) -> bool:
    """Whether a user started typing from a draft."""
    return private.data.get(SEEN, "").partition("-")[0] == str(draft.pk)


def waiting_draft(model, object_id, data) -> Draft | None:
    """The draft that a form continues, else the one of its row."""
    found = continued(model, object_id, data)
    if found is not None or object_id is None:
        return found
    return _waiting(model, object_id).first()


def _waiting(model, object_id):
    kind = ContentType.objects.get_for_model(model)
    return Draft.objects.waiting().filter(content_type=kind, object_id=object_id)


def check_seen(draft: Draft, data) -> None:
    """Raises OvertakenError if the draft has another text than the form was opened
    with."""
    if data.get(SEEN, stamp(draft)) != stamp(draft):
        raise OvertakenError(draft)


def differences(draft: Draft, form, formsets) -> list[Difference]:
    """The fields in which a bound form and its parts differ from a draft."""
    theirs = type(form)(draft.data, instance=form.instance, prefix=form.prefix)
    found = _of_forms(form, theirs)
    for part in formsets:
        other = type(part)(draft.data, instance=part.instance, prefix=part.prefix)
        mine, theirs = ({row.prefix: row for row in one.forms} for one in (part, other))
        for number, prefix in enumerate(mine | theirs, start=1):
            label = f"{part.model._meta.verbose_name} {number}: "
            found += _of_forms(mine.get(prefix), theirs.get(prefix), label)
    return found


def _of_forms(mine, theirs, prefix="") -> list[Difference]:
    """Where two bound forms differ; None stands for a part that is missing."""
    found = []
    for field in mine or theirs:
        if field.is_hidden or field.field.disabled or field.name in OWN:
            continue
        texts = [shown(one[field.name]) if one else "" for one in (theirs, mine)]
        if texts[0] != texts[1]:
            label = f"{prefix}{field.label}"
            found.append(Difference(field.html_name, label, None, *texts))
    return found


def settle(data: QueryDict, draft: Draft | None) -> QueryDict:
    """The data of a form after its editor chose between it and the draft.

    If a choice is missing, nothing is settled and the form asks again.
    """
    data = data.copy()
    asked = data.getlist("_asked")
    chosen = {name: data.get(f"{CHOICE}{name}") for name in asked}
    if draft is None or not all(one in (THEIRS, MINE) for one in chosen.values()):
        return data
    stored = draft.data
    for name in [name for name, choice in chosen.items() if choice == THEIRS]:
        for key in {*data, *stored}:
            if key == name or key.startswith(f"{name}_"):
                data.pop(key, None)
                if key in stored:
                    data.setlist(key, stored.getlist(key))
    for key in [key for key in stored if key.endswith("-TOTAL_FORMS")]:
        data[key] = str(max(int(data.get(key) or 0), int(stored[key] or 0)))
    data[SEEN] = data[SETTLED]
    return data
