"""For the admin: shows first which published claims a change would make false."""

from copy import copy
from dataclasses import replace

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cbec_site.base.forms import seal
from cbec_site.base.limits import REASON_LENGTH

from .dependents import Proposal, ask_consequences, ask_series_consequences
from .forms import ObservationForm, SeriesForm
from .models import lock_series

# How many rows are published or withdrawn in one request; more need an import.
MOST_AT_ONCE = 1_000


class ConsequencesMixin:
    """Shows which claims would read differently, and needs a reason for public ones.

    A claim on a value that awaits an editor's confirmation says so without showing it;
    a claim that follows the newest value waits until that is published.
    """

    change_form_before_template = "admin/datasets/observation/consequences.html"

    def foresee_published(self, items, wanted):
        """The consequences of publishing or withdrawing these rows."""
        raise NotImplementedError

    def lock(self, queryset):
        """Lock what these rows depend on against other writers."""
        raise NotImplementedError

    def get_fieldsets(self, request, obj=None):
        *sets, (label, last) = super().get_fieldsets(request, obj)
        return [*sets, (label, {"fields": [*last["fields"], "seen_consequences"]})]

    def set_published(self, request, queryset, wanted, reason=""):
        """As for all content, but only after the consequences were seen and a reason
        given."""
        items = queryset.exclude(is_published=wanted)
        if items.count() > MOST_AT_ONCE:
            text = _("Select at most %(count)d at once.") % {"count": MOST_AT_ONCE}
            return self.message_user(request, text, level="error")
        consequences = self.foresee_published(items, wanted)
        reason, seal_of_found = reason_of(request), seal(consequences)
        is_seen = request.POST.get("seen_consequences") == seal_of_found
        if seal_of_found and not (is_seen and reason):
            return self.ask_before_publication(request, queryset, wanted, consequences)
        with transaction.atomic():
            # Read the rows again now that nobody else can change them.
            self.lock(queryset)
            return super().set_published(request, queryset, wanted, reason)

    def ask_before_publication(self, request, queryset, wanted, consequences):
        """The intermediate page: the consequences, the reason, and the same rows
        again."""
        action = self.get_action("publish" if wanted else "withdraw")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": action[2],
            "consequences": consequences,
            "hidden": [
                ("action", action[1]),
                ("seen_consequences", seal(consequences)),
                *(("_selected_action", row.pk) for row in queryset),
            ],
        }
        return TemplateResponse(
            request, "admin/datasets/observation/publication.html", context
        )


class SeriesConsequences(ConsequencesMixin):
    """For indicators, regions and sources; those that have values cannot be deleted.

    Of these, only indicators are published and withdrawn.
    """

    form = SeriesForm

    def foresee_published(self, items, wanted):
        things = [copy(row) for row in items]
        for thing in things:
            thing.is_published = wanted
            thing.stamp_publication()
        return ask_series_consequences(things)

    def lock(self, queryset):
        lock_series(queryset.values_list("pk", flat=True))


class ObservationConsequences(ConsequencesMixin):
    form = ObservationForm

    def foresee_published(self, items, wanted):
        return ask_consequences(
            [
                replace(Proposal.of(observation), is_published=wanted)
                for observation in items.select_related("indicator")
            ]
        )

    def lock(self, queryset):
        lock_series(queryset.values_list("indicator", flat=True))

    def get_actions(self, request):
        # One by one, each with its consequences.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        observation = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, observation):
            raise PermissionDenied

        # Asked by the page, only if nothing else keeps the value.
        consequences = SimpleLazyObject(
            lambda: (
                ask_consequences([Proposal.of(observation, is_deleted=True)])
                if observation
                else []
            )
        )
        # As when a form is saved: unpublished rows may change without a reason.
        is_free = SimpleLazyObject(lambda: not seal(consequences))
        if request.method == "POST" and not reason_of(request) and not is_free:
            messages.error(request, _("Give a reason: published claims change."))
            return redirect(request.get_full_path())
        context = {"consequences": consequences, "is_free": is_free}
        return super().delete_view(request, object_id, (extra_context or {}) | context)

    def delete_model(self, request, obj):
        obj._change_reason = reason_of(request) or None
        super().delete_model(request, obj)


def reason_of(request):
    """The reason an editor gave beside a list of consequences."""
    return request.POST.get("change_reason", "").strip()[:REASON_LENGTH]
