"""The list column that says which rows have a draft."""

from django.contrib.admin import SimpleListFilter, display
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Draft
from .overtaking import continues


class KindFilter(SimpleListFilter):
    """A filter by kind of row, with the kinds that occur."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        keys = model_admin.get_queryset(request).order_by()
        keys = keys.values_list("content_type", flat=True).distinct()
        kinds = [ContentType.objects.get_for_id(key) for key in keys]
        return sorted((str(kind.pk), kind.name) for kind in kinds)

    def queryset(self, request, queryset):
        if self.value() and self.value().isdecimal():
            return queryset.filter(content_type=int(self.value()[:18]))
        return queryset


@display(description=gettext_lazy("kind"), ordering="content_type")
def kind(row):
    """The kind of a row of a list, without the app it belongs to."""
    return row.content_type.name


class DraftColumn:
    """For a ModelAdmin: a column with "live, with draft by X since D"."""

    def get_changelist_instance(self, request):
        """One query finds which rows of the page have a draft."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        waiting = Draft.objects.waiting().filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            object_id__in=[row.pk for row in rows],
        )
        drafts = {draft.object_id: draft for draft in waiting.select_related("author")}
        for row in rows:
            row.waiting_draft = drafts.get(row.pk)
        changelist.result_list = rows
        return changelist

    def get_list_display(self, request):
        return [*super().get_list_display(request), "draft_state"]

    @display(description=gettext_lazy("draft"))
    def draft_state(self, row):
        """Whether a row has a draft, whose it is and since when."""
        draft = getattr(row, "waiting_draft", None)
        if draft is None:
            return "—"
        return format_html('<a href="{}">{}</a>', draft.get_edit_url(), describe(draft))


def other_drafts(model, row, user, draft=None) -> tuple[Draft | None, list[Draft]]:
    """The draft that waits for a row or None, and what a user typed for it.

    `row` is None for a new one; `draft` is the one that is open. One query.
    """
    drafts = Draft.objects.filter(
        Q(state=Draft.State.PRIVATE, author=user)
        | Q(state__in=Draft.WAITING if row is not None else ()),
        content_type=Draft.kind_of(model),
        object_id=row.pk if row is not None else None,
    ).select_related("author")
    others = [other for other in drafts if draft is None or other.pk != draft.pk]
    waiting = next((other for other in others if other.is_waiting), None)
    private = [one for one in others if one.state == Draft.State.PRIVATE]
    if row is None and draft is not None:
        # Of the new rows that a user is typing, those that continue this draft.
        private = [one for one in private if continues(one, draft)]
    return waiting, private


def describe(draft) -> str:
    """ "Draft by X since D", in the editor's language."""
    return _("%(state)s, by %(user)s since %(day)s") % {
        "state": draft.get_state_display(),
        "user": draft.author,
        "day": timezone.localtime(draft.created_at).date().isoformat(),
    }
