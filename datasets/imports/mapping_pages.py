"""Unknown names in a file: mapped, created or left out in its preview."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm, modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from datasets.models.batches import Batch
from datasets.spreadsheets.folding import fold_case

from .mappings import MAX_CODE, MAX_NAME, name_key
from .page_parts import PartOfPages
from .previews import Preview

# At most this many names at once; further ones follow when these are decided.
SHOWN = 100


@dataclass(frozen=True)
class MappedRole:
    """A role that a name in a file can have, and what it can be mapped to.

    `choices` returns (code, label) of everything there is. `fields` are the fields of
    `model` in the form for a new one; without a model nothing can be added.
    """

    label: str | Promise
    choices: Callable[[], list[tuple[str, Any]]]
    model: type[Model] | None = None
    fields: tuple[str, ...] = ()

    def find(self, text: str) -> str | None:
        """The code that somebody chose or typed, also by its label; None if there is
        none."""
        key = fold_case(text)
        for code, label in self.choices():
            if key in (code.casefold(), fold_case(str(label))):
                return code
        return None


def objects_of(model: type[Model], name: str) -> Callable[[], list[tuple[str, Any]]]:
    """The choices of a role whose names mean objects with a code."""
    rows = model._default_manager.order_by("code")
    return lambda: [(row.code, getattr(row, name)) for row in rows.all()]


class MappingPages(PartOfPages):
    """The part of the import pages about unknown names."""

    roles: dict[str, MappedRole]

    def page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> HttpResponse:
        raise NotImplementedError

    def mapping_context(
        self, request: HttpRequest, batch: Batch, preview: Preview
    ) -> dict[str, Any]:
        """The names to decide on, and those decided, for the preview."""
        unknown = [("column", name, 0) for name in preview.unknown_columns]
        for role, names in preview.unknown_names.items():
            unknown += [(role, name, count) for name, count in names.items()]
        rows = [
            self._unknown_row(request, batch, *unknown_name)
            for unknown_name in unknown[:SHOWN]
            if unknown_name[0] in self.roles
        ]
        used = {row["role"] for row in rows}
        return {
            "unknown": rows,
            "unknown_count": len(unknown),
            "mapped": list(self._mapped(preview)),
            "choices": [(role, self.roles[role].choices()) for role in sorted(used)],
        }

    def _unknown_row(
        self, request: HttpRequest, batch: Batch, role: str, name: str, count: int
    ) -> dict[str, Any]:
        role_found = self.roles[role]
        address = ""
        if role_found.model is not None and _may_add(request, role_found.model):
            address = reverse(f"admin:{self.rows}_add", args=[batch.pk, role])
            address = f"{address}?{urlencode({'name': name})}"
        return {
            "role": role,
            "is_column": role == "column",
            "label": role_found.label,
            "name": name,
            "count": count,
            "add_url": address,
        }

    def _mapped(self, preview: Preview) -> Iterator[dict[str, Any]]:
        for role, names in preview.mapping.items():
            if role not in self.roles:
                continue
            labels = dict(self.roles[role].choices())
            for name, code in names.items():
                code_and_label = (
                    f"{code} {labels.get(code, '')}".strip() if code else ""
                )
                label = self.roles[role].label
                yield {
                    "role": role,
                    "label": label,
                    "name": name,
                    "target": code_and_label,
                }

    def take_mapping(self, request: HttpRequest, batch: Batch) -> None:
        """Store with the waiting file what an editor decided in its preview."""
        said, wrong = self._said(request.POST)
        for name in wrong:
            messages.error(request, _("There is nothing called “%s” to map to.") % name)
        self.keep_mapping(batch, said)

    def _said(self, post: QueryDict) -> tuple[dict, list[str]]:
        said: dict[str, dict[str, str | None]] = {}
        wrong = []
        decided = zip(
            post.getlist("role")[: 5 * SHOWN],
            post.getlist("name"),
            post.getlist("target"),
            strict=False,
        )
        left_out = set(post.getlist("leave_out"))
        forgotten = set(post.getlist("forget"))
        for role, name, target in decided:
            # Headings are distinguished as they are written.
            name = name[:MAX_NAME] if role == "column" else name_key(name)
            if role not in self.roles or not name:
                continue
            key = f"{role}:{name}"
            if key in forgotten:
                said.setdefault(role, {})[name] = None
            elif key in left_out:
                said.setdefault(role, {})[name] = ""
            elif target:
                code = self.roles[role].find(target[:MAX_CODE])
                if code is None:
                    wrong.append(target[:MAX_CODE])
                else:
                    said.setdefault(role, {})[name] = code
        return said, wrong

    def keep_mapping(self, batch: Batch, said: dict) -> None:
        """Add decisions to those of a file that is still waiting."""
        options = dict(batch.layout.get("options", {}))
        mapping = dict(options.get("mapping", {}))
        for role, names in said.items():
            mapping[role] = mapping.get(role, {}) | names
        options["mapping"] = mapping
        waiting = self.model.objects.filter(pk=batch.pk, state=Batch.State.WAITING)
        waiting.update(layout=batch.layout | {"options": options}, preview={})

    def add(self, request: HttpRequest, pk: int, role: str) -> HttpResponse:
        """Create the object that a name in a file means, then return to its preview."""
        self.check_permission(request)
        role_found = self.roles.get(role)
        if role_found is None or role_found.model is None:
            raise Http404
        if not _may_add(request, role_found.model):
            raise PermissionDenied
        batch = get_object_or_404(self.model, pk=pk)
        if batch.state != Batch.State.WAITING or not self.is_shown_to(request, batch):
            return self.to(f"{self.batches}_change", pk)
        name = name_key(request.GET.get("name", ""))
        form_class = modelform_factory(role_found.model, fields=role_found.fields)
        form = form_class(
            request.POST or None, initial=_named(role_found, name), prefix="new"
        )
        _label(form)
        if request.method == "POST" and form.is_valid():
            row = form.save()
            if name:
                self.keep_mapping(batch, {role: {name: row.code}})
            messages.success(request, _("Added: %s") % row)
            return self.to(f"{self.rows}_preview", pk)
        title = _("Add: %s") % role_found.model._meta.verbose_name
        return self.page(
            request,
            "admin/imports/add.html",
            title,
            form=form,
            name=name,
            back=reverse(f"admin:{self.rows}_preview", args=[pk]),
        )


def _label(form: ModelForm) -> None:
    """Add the language to the label of a field."""
    for name, form_field in form.fields.items():
        base, _underscore, language = name.partition("_")
        if language in ("zh_hans", "en"):
            words = form._meta.model._meta.get_field(base).verbose_name
            label = _("%s (Chinese)") if language == "zh_hans" else _("%s (English)")
            form_field.label = label % words


def _named(role: MappedRole, name: str) -> dict[str, str]:
    """The name as initial value of the field in its language."""
    language = "zh_hans" if any("\u4e00" <= char <= "\u9fff" for char in name) else "en"
    fields = (field for field in role.fields if field.endswith(language))
    return dict.fromkeys(list(fields)[:1], name)


def _may_add(request: HttpRequest, model: type[Model]) -> bool:
    meta = model._meta
    return request.user.has_perm(f"{meta.app_label}.add_{meta.model_name}")
