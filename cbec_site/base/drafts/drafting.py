"""Drafts in the admin: a change form that opens them beside the public row."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.crypto import get_random_string

from ..forms import version_of
from . import acts, overtaking
from .buttons import DraftButtons
from .checklist import (
    NotPublishableError,
    check_publishable,
    findings_of,
    findings_of_draft,
)
from .conflicts import differences
from .listing import DraftColumn, other_drafts
from .models import Draft, DraftEvent
from .overtaking import SEEN
from .reading import ReadOnce
from .replay import lost_fields, typed
from .views import link_for

KEPT_COOKIE = "draft_stored"


class DraftingAdmin(DraftButtons, ReadOnce, DraftColumn):
    """For a ModelAdmin: drafts beside the public row, opened in the same form.

    `?draft=N` opens a draft; `DraftButtons` says what its buttons do. Who may change a
    row but not publish it writes drafts of what is public.
    """

    change_form_template = "admin/drafts/change_form.html"
    # What a preview uses for empty fields that are required only for publication.
    preview_defaults: dict[str, str] = {}

    def has_draft_permission(self, request, obj=None):
        """Whether the user may write drafts of a row, public or not."""
        name = f"{self.opts.app_label}.{{}}_{self.opts.model_name}"
        return request.user.has_perm(name.format("add" if obj is None else "change"))

    def has_change_permission(self, request, obj=None):
        if getattr(request, "is_drafting", False):
            return self.has_draft_permission(request, obj)
        return super().has_change_permission(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = self._form_view(request, object_id, form_url, extra_context)
        token = request.POST.get("draft_token", "")
        if getattr(request, "is_kept", False) and token.isalnum():
            # The tab that sent the form may forget it (static/js/tab.js).
            response.set_cookie(
                KEPT_COOKIE,
                token[:32],
                path=reverse("admin:index"),
                secure=request.is_secure(),
                samesite="Strict",
            )
        return response

    def _form_view(self, request, object_id, form_url, extra_context):
        if not self._may_enter(request, object_id):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        draft = self._draft_asked(request, obj)
        may_change = (
            self.has_change_permission(request, obj)
            if object_id
            else self.has_add_permission(request)
        )
        may_publish = may_change and self.may_publish(request, obj)
        if request.method == "POST":
            answer = self._take_button(request, obj, draft, may_publish)
            if answer is not None:
                return answer
        else:
            # Everyone who may write a draft can fill in the form.
            request.is_drafting = not may_change and self.has_draft_permission(
                request, obj
            )
        opened = request.method == "GET" and draft is not None
        if opened:
            self._open(request, draft)
        try:
            response = super().changeform_view(
                request,
                object_id,
                form_url,
                (extra_context or {})
                | self._draft_context(request, obj, draft, may_change, may_publish),
            )
        except NotPublishableError as error:
            return self._refuse(request, obj, error)
        finally:
            if opened:
                request.method = "GET"
        if hasattr(response, "context_data") and "adminform" in response.context_data:
            self._tell_of_conflict(response.context_data)
            if opened:
                self._tell_of_overtaken(draft, response.context_data)
            if opened:
                self._tell_of_opened(request, draft, response.context_data)
        return response

    def _tell_of_conflict(self, context):
        """The versions to choose from, if the form was begun from an older one."""
        form = context["adminform"].form
        if getattr(form, "is_outdated", False):
            formsets = [part.formset for part in context["inline_admin_formsets"]]
            context["conflict"] = differences(form, formsets)
            context["conflict_version"] = version_of(form.instance)

    def _tell_of_overtaken(self, draft, context):
        """The texts to choose from, if somebody else has saved the draft since."""
        if draft.state != Draft.State.PRIVATE:
            return
        data = draft.data
        shared = overtaking.waiting_draft(self.model, draft.object_id, data)
        if shared is None or data.get(SEEN, "") == overtaking.stamp(shared):
            return
        formsets = [part.formset for part in context["inline_admin_formsets"]]
        form = context["adminform"].form
        context["conflict"] = overtaking.differences(shared, form, formsets)
        context["conflict_version"] = overtaking.stamp(shared)
        context["overtaken_by"] = shared

    def _tell_of_opened(self, request, draft, context):
        """What the form could not accept of a draft, and the link to its preview."""
        formsets = [part.formset for part in context["inline_admin_formsets"]]
        context["lost_fields"] = lost_fields(draft, context["adminform"].form, formsets)
        if draft.is_waiting:
            link = reverse("draft-preview", args=[link_for(draft, request.user)])
            context["draft_link"] = request.build_absolute_uri(link)

    def _may_enter(self, request, object_id):
        """Whether the user may do anything with the form; makes no query."""
        if object_id is None:
            return self.has_add_permission(request)
        return self.has_view_or_change_permission(request)

    def _open(self, request, draft):
        """Fill the form in with a draft: bound to it, and never valid."""
        # Read while this is a GET: as a POST it would put an empty form in its place.
        _ = request.FILES
        request.POST = draft.data
        request.method = "POST"
        request.opening = draft

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "opening", None) is None:
            return form

        class OpenedForm(form):
            """Shows what a draft holds; opening it saves nothing."""

            def is_valid(self):
                super().is_valid()
                return False

        return OpenedForm

    def _draft_asked(self, request, obj):
        asked = request.GET.get("draft") or request.POST.get("draft")
        if not asked:
            return None
        if not asked.isdecimal():
            raise Http404
        drafts = Draft.objects.filter(
            pk=int(asked[:18]),
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            object_id=obj.pk if obj is not None else None,
        )
        draft = drafts.select_related("author", "content_type").first()
        if draft is None or not self._may_see(request, draft, obj):
            raise Http404
        return draft

    def _may_see(self, request, draft, obj):
        if draft.state == Draft.State.PRIVATE:
            return draft.author_id == request.user.pk
        return self.has_view_or_change_permission(
            request, obj
        ) or self.has_draft_permission(request, obj)

    def may_publish(self, request, obj=None):
        """Whether the user decides what readers see of a row."""
        return self.has_draft_permission(request, obj)

    def _draft_context(self, request, obj, draft, may_change, may_publish):
        """What the change form shows about drafts of its row."""
        waiting, private = other_drafts(self.model, obj, request.user, draft)
        is_public = obj is not None and getattr(obj, "is_published", True)
        events = list(draft.events.select_related("user")) if draft else []
        return {
            "draft": draft,
            "draft_events": events,
            "draft_returned": _returned(draft, events),
            "waiting_draft": waiting,
            "private_drafts": private[:5],
            "draft_token": self._token(request, draft),
            "draft_seen": self._seen(request, draft),
            "is_refused": request.method == "POST" and not hasattr(request, "opening"),
            "is_public_row": is_public,
            "can_draft": self.has_draft_permission(request, obj),
            "can_publish_draft": may_publish and acts.may_approve(draft, request.user),
            "can_save_row": may_publish,
            "findings": self._findings(request, obj, draft),
            "is_publishable": hasattr(self.model, "is_published"),
        }

    def _token(self, request, draft):
        """The token of the form, under which the typing for a new row is kept."""
        is_private = draft is not None and draft.state == Draft.State.PRIVATE
        known = draft.token if is_private else request.POST.get("draft_token")
        return known or get_random_string(24)

    def _seen(self, request, draft):
        """The stamp of the waiting draft that the form continues."""
        if SEEN in request.POST:
            return request.POST[SEEN]
        return overtaking.stamp(draft)

    def _findings(self, request, obj, draft):
        """What stands in the way of publishing, asked when the form is opened."""
        is_shown = request.method == "GET" or getattr(request, "opening", None)
        if not is_shown or not hasattr(self.model, "is_published"):
            return []
        if draft is not None and draft.is_open_for_work:
            return findings_of_draft(draft, request.user)
        return findings_of(self, obj) if obj is not None else []

    def save_related(self, request, form, formsets, change):
        """Once saved, what was typed no longer needs a private draft."""
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            check_publishable(self, form.instance)
        draft = getattr(request, "publishing", None)
        token = request.POST.get("draft_token", "")
        object_id = form.instance.pk if change else None
        if draft is not None:
            stored = Draft.objects.select_for_update().filter(pk=draft.pk).first()
            if stored is not None and stored.is_waiting:
                overtaking.check_seen(stored, request.POST)
            draft.fields = typed(request.POST)
            draft.save(update_fields=["fields"])
            acts.done(draft, request.user, form.instance)
        request.is_kept = True
        if not getattr(request, "is_replayed", False):
            # A draft that is published without its form leaves what is typed alone.
            acts.forget_typed(request.user, self.model, object_id, token)


def _returned(draft, events):
    """The event with the reason for which a draft is with its author again."""
    if draft is None or draft.state != Draft.State.RETURNED:
        return None
    acts_of_return = (e for e in reversed(events) if e.act == DraftEvent.Act.RETURNED)
    return next(acts_of_return, None)
