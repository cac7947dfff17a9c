"""Everything that uses a row, for its editors, whether readers see it or not."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .permanent_codes import texts_naming
from .uses import links_to

SHOWN = 20


@dataclass(frozen=True)
class Use:
    """Rows of one kind that use a row: (row, its address or ""), and how many."""

    label: str
    rows: list[tuple[models.Model, str]]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def uses_of(row: models.Model) -> list[Use]:
    """What links to a row or names its code; two queries for each kind of link."""
    uses = [_use(field, row) for field in links_to(type(row))]
    code = getattr(row, "code", "")
    texts = texts_naming(type(row), [code]).get(code, []) if code else []
    if texts:
        shown = [(text, _address(text)) for text in texts[:SHOWN]]
        uses.append(Use(_("Texts that name its code"), shown, len(texts)))
    return [use for use in uses if use.total]


def _use(field, row):
    rows = field.model._base_manager.filter(**{field.name: row}).order_by("pk")
    first = list(rows.distinct()[:SHOWN])
    label = str(capfirst(field.model._meta.verbose_name_plural))
    shown = [(user, _address(user)) for user in first]
    return Use(label, shown, rows.distinct().count() if first else 0)


def _address(row) -> str:
    """The page of a row in the admin; "" where it has none."""
    meta = row._meta
    if type(row) not in admin.site._registry:
        return ""
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


class UsageAdmin:
    """For a ModelAdmin: a page that lists what uses a row."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_used_by"
        view = self.admin_site.admin_view(self.used_by_view)
        return [path("<path:object_id>/used-by/", view, name=name), *super().get_urls()]

    def used_by_view(self, request, object_id):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": _("Where “%s” is used") % row,
            "opts": self.opts,
            "original": row,
            "uses": uses_of(row),
        }
        return TemplateResponse(request, "admin/drafts/used_by.html", context)
