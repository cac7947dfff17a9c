"""Three versions of a row, field by field: the one begun from, the public one, the
typed one.

A form that was begun from a version which is no longer the newest is not saved. Its
editor chooses for each field which version counts, and sends it again.
"""

from dataclasses import dataclass

from django.contrib.admin.utils import flatten_fieldsets
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ..word_changes import words_changed

CHOICE, SETTLED = "_take-", "_settled"
THEIRS, MINE = "theirs", "mine"
# The form's own hidden fields, and what its buttons decide.
OWN = ("change_reason", "seen_version", "seen_consequences", "is_published")


@dataclass(frozen=True)
class Difference:
    """A field whose typed value is not the stored one; `begun` is None if unknown."""

    name: str
    label: str
    begun: str | None
    theirs: str
    mine: str

    @property
    def choice(self) -> str:
        """The proposed version: that of the only side to change the field; "" if both
        did."""
        if self.begun == self.mine:
            return THEIRS
        return MINE if self.begun == self.theirs else ""

    @property
    def takes_theirs(self) -> bool:
        return self.choice == THEIRS

    @property
    def takes_mine(self) -> bool:
        return self.choice == MINE

    @property
    def changes(self):
        """The words that differ between the stored and the typed text."""
        return words_changed(self.theirs, self.mine)


def differences(form, formsets) -> list[Difference]:
    """What a bound form and its parts would change of the row as it is stored now."""
    begun = _version_begun_from(form)
    since = begun.history_date if begun else None
    conflicts = _of_form(form, begun.instance if begun else None)
    for formset in formsets:
        for part in formset.initial_forms:
            name = f"{part.instance._meta.verbose_name} {part.instance}"
            conflicts += _of_form(part, _part_at(part.instance, since), f"{name}: ")
    return conflicts


def _of_form(form, begun, prefix="") -> list[Difference]:
    stored = type(form)(
        instance=type(form.instance)._base_manager.filter(pk=form.instance.pk).first(),
        prefix=form.prefix,
    )
    older = type(form)(instance=begun, prefix=form.prefix) if begun else None
    conflicts = []
    for field in form:
        is_asked = field.name in stored.fields and field.name not in OWN
        if not is_asked or field.is_hidden or field.field.disabled:
            continue
        mine, theirs = shown(field), shown(stored[field.name])
        if mine == theirs:
            continue
        many = hasattr(field.field, "queryset") and isinstance(field.value(), list)
        known = shown(older[field.name]) if older and not many else None
        label = f"{prefix}{field.label}"
        conflicts.append(Difference(field.html_name, label, known, theirs, mine))
    return conflicts


def _version_begun_from(form):
    number, _divider, _moment = (form["seen_version"].value() or "").partition("/")
    if not number.isdecimal():
        return None
    return form.instance.history.filter(history_id=int(number[:18])).first()


def _part_at(part, moment):
    if moment is None or not part.pk or not hasattr(part, "history"):
        return None
    kept = part.history.filter(history_date__lte=moment).first()
    return kept.instance if kept else None


def shown(field: BoundField) -> str:
    """The value of a field of a form in words."""
    value = field.value()
    if value in (None, "", []):
        return ""
    if isinstance(value, bool) or value == "on":
        return str(_("Yes") if value else _("No"))
    choices = getattr(field.field, "queryset", None)
    if choices is not None:
        keys = value if isinstance(value, list | tuple) else [value]
        keys = [str(getattr(key, "pk", key)) for key in keys]
        known = [key for key in keys if key.isdecimal()]
        rows = {str(row.pk): str(row) for row in choices.filter(pk__in=known)}
        return ", ".join(sorted(rows.get(key, key) for key in keys))
    labels = dict(getattr(field.field, "choices", ()) or ())
    if str(value) in labels:
        return str(labels[str(value)])
    text = field.field.widget.format_value(value)
    return str(text if text is not None else value).replace("\r\n", "\n").strip()


def settle(model_admin, request: HttpRequest, obj) -> QueryDict:
    """The data of a form after its editor chose between versions.

    If a choice is missing, nothing is settled and the form asks again.
    """
    data = request.POST.copy()
    asked = data.getlist("_asked")
    chosen = {name: data.get(f"{CHOICE}{name}") for name in asked}
    if not all(choice in (THEIRS, MINE) for choice in chosen.values()):
        return data
    taken = {name for name, choice in chosen.items() if choice == THEIRS}
    for field in _stored_fields(model_admin, request, obj):
        if field.html_name in taken:
            _put(data, field)
    data["seen_version"] = data[SETTLED]
    return data


def data_of(model_admin, request: HttpRequest, version, row) -> QueryDict:
    """What a browser would send for a form opened with a version and left unchanged.

    The parts are those of the stored `row`, which is None where it was deleted.
    """
    data = QueryDict(mutable=True)
    for field in _stored_fields(model_admin, request, version, row):
        _put(data, field)
    return data


def _stored_fields(model_admin, request, obj, row=None):
    """The fields of the form and its parts as they would be opened now."""
    row = row or obj
    names = flatten_fieldsets(model_admin.get_fieldsets(request, row))
    yield from model_admin.get_form(request, row, change=True, fields=names)(
        instance=obj
    )
    obj = row
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, obj):
        prefix = formset_class.get_default_prefix()
        rows = inline.get_queryset(request)
        formset = formset_class(instance=obj, prefix=prefix, queryset=rows)
        yield from formset.management_form
        for part in formset.initial_forms:
            yield from part


def _put(data: QueryDict, field: BoundField) -> None:
    """Set a field in the data of a form to the value that it is opened with."""
    value, name = field.value(), field.html_name
    if hasattr(field.field.widget, "decompress"):
        for number, part in enumerate(field.field.widget.decompress(value)):
            data[f"{name}_{number}"] = "" if part is None else str(part)
    elif isinstance(value, bool):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(getattr(key, "pk", key)) for key in value])
    else:
        text = field.field.widget.format_value(value)
        text = text[0] if isinstance(text, list) and text else text
        data[name] = "" if text is None or text == [] else str(text)
