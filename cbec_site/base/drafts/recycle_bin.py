"""Deleted rows with everything deleted along with them, and how they are brought back.

Whatever Django deletes along with a row (its parts, links, former values) is kept as it
was stored, with the keys it had. A row comes back unpublished: its draft is looked at
and published like any other.
"""

import datetime
import json
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..limits import REASON_LENGTH
from ..reasons import reason
from .models import DeletedRow, Draft

BROUGHT_BACK = reason(
    "Brought back from the recycle bin",
    gettext_lazy("Brought back from the recycle bin"),
)


class ExactEncoder(DjangoJSONEncoder):
    """Django's own encoder cuts times to milliseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime.datetime) else super().default(o)


@transaction.atomic
def keep(row: models.Model, user, reason: str = "") -> DeletedRow:
    """Note a row that is about to be deleted, with all that goes with it.

    Raises ProtectedError or RestrictedError where something else rests on the row.
    """
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    return DeletedRow.objects.create(
        content_type=Draft.kind_of(type(row)),
        object_id=row.pk,
        title=str(row)[:200],
        rows=_stored(row, collector),
        links=_links(collector),
        deleted_by=user,
        reason=reason[:REASON_LENGTH],
    )


def _stored(first, collector) -> list[dict]:
    """The rows to be deleted, the row itself first."""
    deleted = {row for rows in collector.data.values() for row in rows}
    deleted |= {row for queryset in collector.fast_deletes for row in queryset}
    others = sorted(deleted - {first}, key=lambda row: (row._meta.label_lower, row.pk))
    # Links are rows of their own here.
    told = serializers.serialize("python", [first, *others])
    rows = json.loads(json.dumps(told, cls=ExactEncoder))
    for row, source in zip(rows, [first, *others], strict=True):
        for name in _unstored(source):
            row["fields"].pop(name, None)
    return rows


def _unstored(row) -> list[str]:
    """Fields without a column, and many-to-many links, which are kept as rows."""
    columns = {field.name for field in row._meta.concrete_fields}
    languages = [name for name in columns if f"{name}_en" in columns]
    return [*languages, *(field.name for field in row._meta.local_many_to_many)]


def _links(collector) -> list[list]:
    """[model, key, field, target] of rows that stay and lose a link."""
    return [
        [row._meta.label_lower, row.pk, field.name, getattr(row, field.attname)]
        for (field, _value), querysets in collector.field_updates.items()
        for rows in querysets
        for row in rows
    ]


@transaction.atomic
def bring_back(kept: DeletedRow, user) -> models.Model:
    """Store a deleted row again, unpublished, with all that went with it.

    Raises ValidationError naming what it needs that has gone or been taken meanwhile.
    """
    kept = DeletedRow.objects.select_for_update().get(pk=kept.pk)
    if kept.restored_at is not None:
        raise ValidationError(_("Somebody else has brought this back meanwhile."))
    rows = list(rows_of(kept))
    _check(rows)
    for row in rows:
        # Stored as they are, without the effects of saving; those follow once
        # all are there.
        row.save_base(raw=True, force_insert=True)
    for row in rows:
        if hasattr(row, "history"):
            row._change_reason = BROUGHT_BACK
            row._history_user = user
            row.save()
    _link_again(kept.links)
    kept.restored_at, kept.restored_by = timezone.now(), user
    kept.save(update_fields=["restored_at", "restored_by"])
    return rows[0]


def rows_of(kept: DeletedRow) -> Iterator[models.Model]:
    """The rows as they would be stored again, the deleted row first.

    Raises ValidationError if a model has other fields now.
    """
    try:
        restored = list(serializers.deserialize("python", kept.rows))
    except serializers.base.DeserializationError as error:
        raise ValidationError(
            _(
                "Its fields have changed since it was deleted, so it cannot be "
                "brought back: %(error)s."
            )
            % {"error": error}
        ) from error
    for unsaved in restored:
        row = unsaved.object
        if hasattr(row, "is_published"):
            row.is_published = False
        yield row


def _check(rows: Iterable[models.Model]) -> None:
    """Raises ValidationError with everything the rows need and do not find."""
    coming = {(type(row), row.pk) for row in rows}
    problems = []
    for row in rows:
        for field in row._meta.concrete_fields:
            key = getattr(row, field.attname)
            if not field.is_relation or key is None:
                continue
            other = field.related_model
            is_there = (other, key) in coming or other._base_manager.filter(pk=key)
            if not is_there:
                text = _("%(row)s: the %(kind)s it names has been deleted too.")
                names = {
                    "row": row._meta.verbose_name,
                    "kind": other._meta.verbose_name,
                }
                problems.append(text % names)
        try:
            row.validate_unique()
        except ValidationError as error:
            problems += error.messages
    if problems:
        raise ValidationError(list(dict.fromkeys(problems)))


def _link_again(links) -> None:
    for label, key, name, target in links:
        rows = apps.get_model(label)._base_manager.filter(pk=key)
        rows.filter(**{f"{name}__isnull": True}).update(**{name: target})
