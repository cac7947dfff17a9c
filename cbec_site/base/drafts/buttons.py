"""What the buttons of a form that keeps drafts do."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import acts, overtaking
from .conflicts import SETTLED, settle
from .models import Draft
from .preview import published

# Buttons that leave the public row as it is.
DRAFT_BUTTONS = ("_draft", "_submit", "_schedule", "_send_back", "_comment", "_discard")


def _is_stored(draft):
    return Draft.objects.filter(pk=draft.pk).exists()


class MomentsForm(forms.Form):
    """When a draft goes live, and when it is withdrawn again."""

    draft_live_at = forms.DateTimeField(required=False)
    draft_expires_at = forms.DateTimeField(required=False)


class DraftButtons:
    """For a ModelAdmin with drafts: carries out the button that was pressed.

    _draft, _submit, _schedule, _send_back, _comment and _discard write the draft alone;
    _publish saves the form and publishes the row.
    """

    def _take_button(self, request, obj, draft, may_publish):
        """The response to a button that writes only the draft; None for other buttons.

        Buttons that publish or withdraw set the publication flag as a side effect.
        """
        if SETTLED in request.POST and obj is not None:
            request.POST = settle(self, request, obj)
        object_id = obj.pk if obj is not None else None
        if overtaking.SETTLED in request.POST:
            shared = overtaking.waiting_draft(self.model, object_id, request.POST)
            request.POST = overtaking.settle(request.POST, shared)
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
            goes_on = overtaking.continued(self.model, object_id, request.POST)
            request.publishing = (goes_on or draft) if is_public else None
        if "is_published" in request.POST:
            acts.check_approval(draft, request.user)
        return None

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
            request.is_kept = True
        except ValidationError as error:
            is_overtaken = isinstance(error, overtaking.OvertakenError)
            if draft is None or is_overtaken or not _is_stored(draft):
                return self._refuse(request, obj, error)
            for text in error.messages:
                messages.error(request, text)
            return redirect(draft.get_edit_url())
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
            messages.success(request, _("The draft goes live at the chosen time."))

    def _refuse(self, request, obj, error):
        """Keep what was typed and say what has to be done before it can be saved."""
        for text in error.messages:
            messages.error(request, text)
        key, token = (obj and obj.pk), request.POST.get("draft_token", "")
        kept = acts.keep_typed(request.user, self.model, key, token, request.POST)
        request.is_kept = True
        return redirect(kept.get_edit_url())

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
