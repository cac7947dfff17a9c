"""Submits a draft again to the form it was typed into."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.messages.storage.base import BaseStorage
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .models import Draft

# Sent with every form but not typed by the user.
UNTYPED = (
    "csrfmiddlewaretoken",
    "next",
    "draft",
    "draft_token",
    "draft_kind",
    "draft_row",
    "draft_user",
    "draft_seen",
    "draft_comment",
    "draft_live_at",
    "draft_expires_at",
)


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What a browser sent for a form, without tokens and buttons."""
    return {
        name: values
        for name, values in data.lists()
        if name not in UNTYPED and not name.startswith("_")
    }


class Unsent(BaseStorage):
    """Collects messages of a request that nobody sees."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


def make_request(user: AbstractBaseUser, data: QueryDict, **meta) -> HttpRequest:
    """An artificial POST of `data` by `user`."""
    request = HttpRequest()
    request.method, request.POST, request.user = "POST", data, user
    request.is_replayed = True
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"} | meta
    request.path = request.path_info = "/"
    request.session = {}
    request.resolver_match = SimpleNamespace(
        url_name="", view_name="", kwargs={}, args=(), namespaces=[]
    )
    request._messages = Unsent(request)
    return request


@dataclass
class Replay:
    """A draft as its form reads it: the form, its inlines and what cannot be read.

    `lost` are (name, values) of the draft for which the form has no field any more.
    """

    form: BaseForm
    formsets: list[BaseFormSet]
    lost: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def instance(self):
        return self.form.instance

    def is_valid(self) -> bool:
        # Validate each of them, so that all errors are known.
        return all([self.form.is_valid(), *(part.is_valid() for part in self.formsets)])

    def trust_stored_parts(self) -> None:
        """Accept parts that are sent as they are stored, without a query.

        For a preview: each would ask the database for every row it names.
        """
        for part in self.formsets:
            for form in part.initial_forms:
                if not form.has_changed():
                    form._errors, form.cleaned_data = ErrorDict(), {}

    def problems(self) -> list[str]:
        """What has to be corrected, each as "label: message"."""
        problems = []
        for form in self._forms():
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                problems += [labelled(label, text) for text in errors]
        for part in self.formsets:
            problems += part.non_form_errors()
        return problems

    def unreadable(self) -> list[str]:
        """Input that cannot be read as a value: not even a preview is possible."""
        unreadable = []
        for form in self._forms():
            for name, errors in form.errors.items():
                if name in form.fields and name not in form.cleaned_data:
                    label = form.fields[name].label
                    unreadable += [labelled(label, text) for text in errors]
        return unreadable

    def accept(self) -> None:
        """Accept what could be read, whatever else the forms require."""
        for form in self._forms():
            form._errors = ErrorDict()
        for part in self.formsets:
            part._errors, part._non_form_errors = [{} for _ in part.forms], []

    def _forms(self) -> Iterator[BaseForm]:
        yield self.form
        for part in self.formsets:
            for form in part.forms:
                if form.has_changed() and not part._should_delete_form(form):
                    yield form


def labelled(label: str, text: str) -> str:
    """What is said about a field, after its name; without a name, the text alone."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text} if label else text


def replay(draft: Draft, request: HttpRequest) -> Replay:
    """Bind a draft to the form of its admin; nothing is saved."""
    admin, target = draft.model_admin, draft.target
    data = draft.data
    request.POST = data
    fieldsets = admin.get_fieldsets(request, target)
    form_class = admin.get_form(
        request, target, change=target is not None, fields=flatten_fieldsets(fieldsets)
    )
    form = form_class(data, request.FILES, instance=target)
    formsets, _inlines = admin._create_formsets(
        request, form.instance, change=target is not None
    )
    return Replay(form, formsets, lost_fields(draft, form, formsets))


def lost_fields(draft: Draft, form, formsets) -> list[tuple[str, list[str]]]:
    """(name, values) that a draft contains but its form no longer asks for."""
    known = {form.add_prefix(name) for name in form.fields}
    for part in formsets:
        known |= {
            part.management_form.add_prefix(n) for n in part.management_form.fields
        }
        known |= {
            row.add_prefix(name)
            for row in [*part.forms, part.empty_form]
            for name in row.fields
        }
    return [
        (name, values)
        for name, values in draft.fields.items()
        if any(values) and name not in UNTYPED and not _is_known(name, known)
    ]


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a field, or one input of a field with several, has this name."""
    while name:
        if name in known:
            return True
        name, divider, _last = name.rpartition("_")
        if not divider:
            return False
    return False


def save(replayed: Replay, request: HttpRequest, draft: Draft):
    """Save a replay as the admin would; returns the row."""
    admin, form, is_change = (
        draft.model_admin,
        replayed.form,
        draft.object_id is not None,
    )
    row = admin.save_form(request, form, change=is_change)
    admin.save_model(request, row, form, is_change)
    admin.save_related(request, form, replayed.formsets, is_change)
    return row
