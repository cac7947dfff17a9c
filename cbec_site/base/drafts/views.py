"""Views for drafts: keeping what is typed, previews, links for others."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_POST

from . import acts
from .conflicts import data_of
from .models import Draft
from .preview import PreviewError, framed, page_from
from .replay import make_request, typed

LINK_SALT = "cbec_site.base.drafts.link"
LINK_AGE = 7 * 24 * 3600


@require_POST
def keep(request):
    """Keep the form of a row as the typing user's private draft; answers JSON.

    `draft_kind` is "app.model", `draft_row` the row or "", `draft_token` tells apart
    new rows, `draft_user` is who opened the form. Nothing is checked: it is what was
    typed.
    """
    # Another user may have signed in to this browser since the form was opened.
    if request.POST.get("draft_user", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied
    model_admin, row = _kept_kind(request)
    draft = acts.keep_typed(
        request.user,
        model_admin.model,
        row.pk if row is not None else None,
        request.POST.get("draft_token", ""),
        request.POST,
    )
    moment = timezone.localtime(draft.updated_at)
    return JsonResponse({"draft": draft.pk, "at": moment.strftime("%H:%M:%S")})


def _kept_kind(request):
    label, _, name = request.POST.get("draft_kind", "").partition(".")
    kind = get_object_or_404(ContentType, app_label=label, model=name)
    model_admin = admin.site._registry.get(kind.model_class())
    if model_admin is None or not hasattr(model_admin, "has_draft_permission"):
        raise Http404
    asked = request.POST.get("draft_row", "")
    # An object of any kind: what may be done depends on whether there is one.
    if not model_admin.has_draft_permission(request, asked or None):
        raise PermissionDenied
    if not asked:
        return model_admin, None
    row = model_admin.get_object(request, asked)
    if row is None:
        raise Http404
    return model_admin, row


@require_GET
def preview(request, draft_id):
    """The public page a draft would make, in the language asked for."""
    draft = get_object_or_404(
        Draft.objects.select_related("content_type", "author"), pk=draft_id
    )
    model_admin = draft.model_admin
    if model_admin is None or not model_admin._may_see(request, draft, draft.target):
        raise Http404
    return _page(request, draft, request.user)


@require_GET
def preview_row(request):
    """The public page of the stored row `row` of `kind`, as if it were published.

    For a form in which nothing was typed yet; nothing is kept.
    """
    label, _, name = request.GET.get("kind", "").partition(".")
    kind = get_object_or_404(ContentType, app_label=label, model=name)
    model_admin = admin.site._registry.get(kind.model_class())
    if model_admin is None or not hasattr(model_admin, "has_draft_permission"):
        raise Http404
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    row = model_admin.get_object(request, request.GET.get("row", ""))
    draft = Draft(content_type=kind, object_id=row and row.pk, author=request.user)
    if row is not None:
        asked = make_request(request.user, QueryDict())
        asked.method, asked.is_drafting = "GET", True
        draft.fields = typed(data_of(model_admin, asked, row, row))
    return _page(request, draft, request.user)


def _page(request, draft, user):
    language = request.GET.get("language") or get_language()
    if language not in ("zh-hans", "en"):
        raise Http404
    try:
        return framed(page_from(draft, user, language, request))
    except PreviewError as error:
        with override(get_language()):
            text = render_to_string(
                "admin/drafts/no_preview.html", {"problems": error.problems}, request
            )
        return framed(text.encode())


def link_for(draft: Draft, user) -> str:
    """A token with which anyone can look at a draft for a week."""
    return signing.dumps([draft.pk, user.pk], salt=LINK_SALT)


@require_GET
def linked_preview(request, token):
    """A draft for a person without an account, through a link that expires.

    It works as long as the user who made it may see the draft.
    """
    try:
        draft_id, user_id = signing.loads(token, salt=LINK_SALT, max_age=LINK_AGE)
    except signing.BadSignature as error:
        raise Http404 from error
    draft = get_object_or_404(
        Draft.objects.waiting().select_related("content_type"), pk=draft_id
    )
    users = draft.author._meta.model.objects.filter(is_active=True, is_staff=True)
    user = get_object_or_404(users, pk=user_id)
    asked, model_admin = make_request(user, QueryDict()), draft.model_admin
    if model_admin is None or not model_admin._may_see(asked, draft, draft.target):
        raise Http404
    response: HttpResponse = _page(request, draft, user)
    # Looked at on its own, in no frame.
    response["X-Frame-Options"] = "DENY"
    response._csp_replace = {"frame-ancestors": ["'none'"]}
    return response
