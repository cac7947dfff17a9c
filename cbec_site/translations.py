"""The state of translations: missing, drafted, current, or older than the source."""

from dataclasses import dataclass, field
from itertools import islice

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .base.drafts.models import Draft
from .base.findings import CURRENT, MISSING, OLDER, admin_address, english_states
from .base.history import both, texts_of
from .base.languages import CHINESE, ENGLISH

ROWS = 50
# Older texts are found by reading histories, of at most this many rows.
LOOKED_THROUGH = 2_000
DRAFT = "draft"


@dataclass
class Line:
    """A record: its states in Chinese and English, and what changed since."""

    row: object
    chinese: str
    english: str
    passage: list = field(default_factory=list)
    # (language, draft) of texts that a waiting draft would change.
    drafts: dict = field(default_factory=dict)

    @property
    def name(self):
        return both(self.row)

    @property
    def url(self):
        return f"{admin_address(self.row)}#id_{texts_of(type(self.row))[0]}_en"

    @property
    def chinese_label(self):
        return labels()[self.chinese]

    @property
    def english_label(self):
        return labels()[self.english]


def labels():
    return {
        MISSING: _("missing"),
        DRAFT: _("draft"),
        CURRENT: _("current"),
        OLDER: _("older than the Chinese"),
    }


def page(request):
    """The matrix of one kind of records (`?kind=`): all, or those of a `?state=`."""
    kinds = kinds_for(request)
    if not kinds:
        raise PermissionDenied
    names = {model._meta.label_lower: model for model in kinds}
    model = names.get(request.GET.get("kind"), kinds[0])
    state = request.GET.get("state", "")
    rows = rows_of(model, state)
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = admin.site.each_context(request) | {
        "title": _("Translations"),
        "kinds": [(name, _plural(kind)) for name, kind in names.items()],
        "kind": model._meta.label_lower,
        "state": state,
        "states": labels().items(),
        "page": shown,
        "lines": lines_of(model, list(shown.object_list)),
        "is_cut": state == OLDER and model._base_manager.count() > LOOKED_THROUGH,
        "looked_through": LOOKED_THROUGH,
    }
    return TemplateResponse(request, "admin/translations.html", context)


def kinds_for(request):
    """The models with texts in both languages that the user may look at."""
    return [
        model
        for model, model_admin in admin.site._registry.items()
        if hasattr(model_admin, "has_draft_permission")
        and needed_texts(model)
        and model_admin.has_view_or_change_permission(request)
    ]


def needed_texts(model):
    """The texts in both languages that every record has; notes may be empty."""
    return [name for name in texts_of(model) if not model._meta.get_field(name).blank]


def _plural(model):
    return capfirst(model._meta.verbose_name_plural)


def rows_of(model, state):
    """The records in a state, the newest first."""
    rows = model._base_manager.order_by("-pk")
    if state == MISSING:
        return rows.filter(_missing(model, CHINESE) | _missing(model, ENGLISH))
    if state == DRAFT:
        kind = ContentType.objects.get_for_model(model)
        waiting = Draft.objects.waiting().filter(content_type=kind)
        return rows.filter(pk__in=waiting.values("object_id"))
    if state in (OLDER, CURRENT):
        looked = list(islice(rows.iterator(), LOOKED_THROUGH))
        states = english_states(model, looked)
        return [row for row in looked if states[row.pk][0] == state]
    return rows


def _missing(model, language):
    name = f"{texts_of(model)[0]}_{language.column}"
    return Q(**{name: ""}) | Q(**{f"{name}__isnull": True})


def lines_of(model, rows) -> list[Line]:
    """The states of some records; two queries."""
    states = english_states(model, rows)
    kind = ContentType.objects.get_for_model(model)
    waiting = Draft.objects.waiting().filter(
        content_type=kind, object_id__in=[row.pk for row in rows]
    )
    drafts = {draft.object_id: draft for draft in waiting.select_related("author")}
    lines = []
    for row in rows:
        english, passage = states[row.pk]
        first = getattr(row, f"{texts_of(model)[0]}_{CHINESE.column}")
        line = Line(row, CURRENT if first else MISSING, english, passage)
        if row.pk in drafts:
            line.drafts = _drafted(row, drafts[row.pk])
        lines.append(line)
    return lines


def _drafted(row, draft):
    """{"chinese" or "english": draft} if the draft changes that language."""
    drafts = {}
    for name, language in (("chinese", CHINESE), ("english", ENGLISH)):
        for text in texts_of(type(row)):
            column = f"{text}_{language.column}"
            typed = draft.fields.get(column, [None])[0]
            stored = getattr(row, column) or ""
            if typed is not None and typed.replace("\r\n", "\n") != stored:
                drafts[name] = draft
    return drafts
