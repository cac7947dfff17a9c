"""Drafts in the admin: the buttons of a change form, and the list of waiting drafts."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..forms import version_of
from . import acts
from .checklist import (
    NotPublishableError,
    check_publishable,
    findings_of,
    findings_of_draft,
)
from .conflicts import SETTLED, differences, settle
from .listing import DraftColumn, other_drafts
from .models import Draft
from .preview import published
from .reading import ReadOnce
from .replay import lost_fields, typed
from .views import link_for

# Buttons that leave the public row as it is.
DRAFT_BUTTONS = ("_draft", "_submit", "_schedule", "_send_back", "_comment", "_discard")


class MomentsForm(forms.Form):
    """When a draft goes live, and when it is withdrawn again."""

    draft_live_at = forms.DateTimeField(required=False)
    draft_expires_at = forms.DateTimeField(required=False)


class DraftingAdmin(ReadOnce, DraftColumn):
    """For a ModelAdmin: drafts beside the public row, opened in the same form.

    `?draft=N` opens a draft. The buttons _draft, _submit, _schedule, _send_back,
    _comment and _discard write the draft alone; _publish saves the form and publishes
    the row. Who may change a row but not publish it writes drafts of what is public.
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
                self._tell_of_opened(request, draft, response.context_data)
        return response

    def _tell_of_conflict(self, context):
        """The versions to choose from, if the form was begun from an older one."""
        form = context["adminform"].form
        if getattr(form, "is_outdated", False):
            formsets = [part.formset for part in context["inline_admin_formsets"]]
            context["conflict"] = differences(form, formsets)
            context["conflict_version"] = version_of(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        return self._published(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request, obj):
        """Back to the form after publishing, with the way to the public page."""
        if "_publish" not in request.POST:
            return None
        try:
            link = obj.get_absolute_url()
        except (AttributeError, NoReverseMatch):
            link = ""
        text = _("“%s” is public now.") % obj
        if link:
            text = format_html(
                '{} <a href="{}">{}</a>', text, link, _("See it on the site")
            )
        messages.success(request, text)
        kind = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return redirect(f"{kind}_change", obj.pk)

    def _take_button(self, request, obj, draft, may_publish):
        """The response to a button that writes only the draft; None for other buttons.

        Buttons that publish or withdraw set the publication flag as a side effect.
        """
        if SETTLED in request.POST and obj is not None:
            request.POST = settle(self, request, obj)
        pressed = next((b for b in DRAFT_BUTTONS if b in request.POST), None)
        if pressed:
            request.is_drafting = True
            if not self.has_draft_permission(request, obj):
                raise PermissionDenied
            return self._press(request, pressed, obj, draft, may_publish)
        if {"_publish", "_withdraw"} & request.POST.keys():
            if not may_publish:
                raise PermissionDenied
            is_public = "_publish" in request.POST
            request.POST = published(request.POST, is_public)
            request.publishing = draft if is_public else None
        if "is_published" in request.POST:
            acts.check_approval(draft, request.user)
        return None

    def _refuse(self, request, obj, error):
        """Keep what was typed and say what has to be corrected before publishing."""
        for text in error.messages:
            messages.error(request, text)
        key, token = (obj and obj.pk), request.POST.get("draft_token", "")
        kept = acts.keep_typed(request.user, self.model, key, token, request.POST)
        return redirect(kept.get_edit_url())

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
        return {
            "draft": draft,
            "draft_events": draft.events.select_related("user") if draft else (),
            "waiting_draft": waiting,
            "private_drafts": private[:5],
            "draft_token": request.POST.get("draft_token") or get_random_string(24),
            "is_public_row": is_public,
            "can_draft": self.has_draft_permission(request, obj),
            "can_publish_draft": may_publish and acts.may_approve(draft, request.user),
            "can_save_row": may_change,
            "findings": self._findings(request, obj, draft),
            "is_publishable": hasattr(self.model, "is_published"),
        }

    def _findings(self, request, obj, draft):
        """What stands in the way of publishing, asked when the form is opened."""
        is_shown = request.method == "GET" or getattr(request, "opening", None)
        if not is_shown or not hasattr(self.model, "is_published"):
            return []
        if draft is not None and draft.is_open_for_work:
            return findings_of_draft(draft, request.user)
        return findings_of(self, obj) if obj is not None else []

    def _press(self, request, button, obj, draft, may_publish):
        """Carry out a button of the draft panel, then return to the form."""
        object_id = obj.pk if obj is not None else None
        token = request.POST.get("draft_token", "")
        words = request.POST.get("draft_comment", "")
        try:
            # Saved by itself: a refusal of the act takes back nothing that was typed.
            if button in ("_draft", "_submit", "_schedule"):
                draft = acts.save_draft(
                    request.user,
                    self.model,
                    object_id,
                    request.POST,
                    draft=draft if draft and draft.is_waiting else None,
                    token=token,
                )
            if draft is None:
                raise Http404
            self._act(request, button, draft, words, may_publish)
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            if draft is not None and draft.pk:
                stored = Draft.objects.filter(pk=draft.pk).first()
                if stored is not None:
                    return redirect(stored.get_edit_url())
            kept = acts.keep_typed(
                request.user, self.model, object_id, token, request.POST
            )
            return redirect(kept.get_edit_url())
        if draft.state == Draft.State.DISCARDED:
            messages.success(request, _("The draft was discarded."))
            return redirect(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            )
        return redirect(draft.get_edit_url())

    def _act(self, request, button, draft, words, may_publish):
        user = request.user
        if button == "_draft":
            messages.success(request, _("The draft was saved; readers see no change."))
        elif button == "_submit":
            acts.submit(draft, user, words)
            messages.success(request, _("The draft waits for review."))
        elif button == "_comment":
            acts.comment(draft, user, words)
        elif button == "_discard":
            if draft.author_id != user.pk and not may_publish:
                raise PermissionDenied
            acts.discard(draft, user)
        elif not may_publish:
            raise PermissionDenied
        elif button == "_send_back":
            acts.send_back(draft, user, words)
            messages.success(request, _("The draft was returned to its author."))
        else:
            moments = MomentsForm(request.POST)
            if not moments.is_valid() or not moments.cleaned_data["draft_live_at"]:
                raise ValidationError(_("Say when it goes live."))
            acts.schedule(
                draft,
                user,
                moments.cleaned_data["draft_live_at"],
                moments.cleaned_data["draft_expires_at"],
            )
            messages.success(request, _("The draft goes live at the moment chosen."))

    def save_related(self, request, form, formsets, change):
        """Once saved, what was typed no longer needs a private draft."""
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            check_publishable(self, form.instance)
        draft = getattr(request, "publishing", None)
        token = request.POST.get("draft_token", "")
        object_id = form.instance.pk if change else None
        if draft is not None:
            draft.fields = typed(request.POST)
            draft.save(update_fields=["fields"])
            acts.done(draft, request.user, form.instance)
        if not getattr(request, "is_replayed", False):
            # A draft that is published without its form leaves what is typed alone.
            acts.forget_typed(request.user, self.model, object_id, token)
