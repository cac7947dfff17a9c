"""The public page as a draft would make it, rendered in a transaction that is rolled
back."""

import copy
from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .models import Draft
from .replay import labelled, make_request, replay, save

# A preview waits no longer than this while others write.
PATIENCE = 2_000


class PreviewError(Exception):
    """Why there is no page to show, in words for the editor, one line each."""

    def __init__(self, *problems: str):
        super().__init__(*problems)
        self.problems = problems


def page_from(draft: Draft, user, language: str, host: HttpRequest) -> bytes:
    """The page of the draft's row in a language, as if it were published now.

    `host` is the request that asked for it: addresses in the page have its host.
    Nothing is written. Raises PreviewError if the draft contains something that cannot
    be read as a value, the row has no page, or others keep the database busy.
    """
    try:
        with impatient_transaction():
            row = applied(draft, user, is_filled=True)
            page = _rendered(row, language, host)
            transaction.set_rollback(True)
    except OperationalError as error:
        raise PreviewError(
            _("The database is busy just now; try the preview again in a moment.")
        ) from error
    return page


def applied(draft: Draft, user, is_filled=False):
    """The row a draft makes; the caller rolls it back. Raises PreviewError.

    `is_filled` uses the admin's `preview_defaults` for empty fields, so that fields
    required only for publication do not prevent a preview.
    """
    data = published(draft.data)
    defaults = draft.model_admin.preview_defaults if is_filled else {}
    for name, words in defaults.items():
        data[name] = data.get(name) or words
    request = make_request(user, data)
    # Anyone who may write a draft may see its preview.
    request.is_drafting = True
    # The caller's draft keeps what was typed.
    draft = copy.copy(draft)
    draft.fields = dict(request.POST.lists())
    replayed = replay(draft, request)
    replayed.trust_stored_parts()
    replayed.is_valid()
    problems = replayed.unreadable()
    if problems:
        raise PreviewError(*problems)
    replayed.accept()
    try:
        row = save(replayed, request, draft)
        if not getattr(row, "is_published", True):
            # The form of a user who may not publish has no field for it.
            row.is_published = True
            row.stamp_publication()
            row.validate_constraints()
            row.save()
        return row
    except OperationalError:
        raise
    except ValidationError as error:
        raise PreviewError(*_labelled(row, error)) from error
    except Exception as error:
        # A half-filled form may break anything; the draft itself is safe.
        raise PreviewError(_("Fill in more of the form to see its page.")) from error


def _labelled(row, error: ValidationError) -> list[str]:
    """What a row lacks to be published, each after the name of its field."""
    labels = {field.name: field.verbose_name for field in row._meta.fields}
    return [
        labelled(labels.get(name, ""), text)
        for name, texts in error.message_dict.items()
        for text in texts
    ]


def published(data, is_public=True):
    """The data of a form with the publication flag set, or without it."""
    data = data.copy()
    data.pop("is_published", None)
    if is_public:
        data["is_published"] = "on"
    return data


def _rendered(row, language, host) -> bytes:
    # What goes wrong is said in the editor's language, not in that of the page.
    with override(language):
        try:
            path, _mark, query = row.get_absolute_url().partition("?")
            match = resolve(path)
        except (AttributeError, NoReverseMatch, Resolver404):
            raise PreviewError(gettext_lazy("This has no page of its own.")) from None
        request = HttpRequest()
        request.method, request.user = "GET", AnonymousUser()
        request.META = {
            name: value
            for name, value in host.META.items()
            if name.startswith(("SERVER_", "wsgi.")) or name == "HTTP_HOST"
        }
        request.path = request.path_info = path
        request.META["QUERY_STRING"], request.GET = query, QueryDict(query)
        request.resolver_match, request.LANGUAGE_CODE = match, language
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Http404:
            raise PreviewError(
                gettext_lazy(
                    "Readers would not see it: what it belongs to is not published."
                )
            ) from None
        if hasattr(response, "render"):
            response.render()
        return response.content


@contextmanager
def impatient_transaction():
    """A transaction that waits for other writers two seconds at most."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                yield
            return
        # SQLite waits as it begins, so the wait is set before.
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def framed(page: bytes) -> HttpResponse:
    """A preview as a response: not cached, not indexed, framed by this site alone."""
    response = HttpResponse(page)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": ["'self'"]}
    return response
