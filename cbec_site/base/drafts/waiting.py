"""Which drafts are waiting for a user, for the start page of the admin."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import LATE, Draft

State = Draft.State


def drafts_waiting_for(user) -> list[dict]:
    """{"label", "count", "url"} of submitted, returned, scheduled and unsaved drafts.

    Scheduled ones that are late or failed are counted separately.

    Submitted drafts wait for users who may publish their kind and did not write them.
    """
    own = Q(author=user)
    ours = own | Q(approved_by=user)
    asked = [
        (_("Drafts that wait for your review"), _to_review(user), State.SUBMITTED),
        (_("Your drafts that were returned"), own, State.RETURNED),
        (_("Your drafts that wait for review"), own, State.SUBMITTED),
        (_("Scheduled drafts"), ours, State.SCHEDULED),
        (
            _("Scheduled drafts whose time has passed: is the worker running?"),
            ours & Q(live_at__lt=timezone.now() - LATE),
            State.SCHEDULED,
        ),
        (
            _("Scheduled drafts that could not be published"),
            ours & ~Q(message=""),
            State.RETURNED,
        ),
        (_("Typed and not saved"), own, State.PRIVATE),
    ]
    address = reverse("admin:drafts_draft_changelist")
    counts = Draft.objects.aggregate(
        **{
            f"n{number}": Count("pk", filter=whose & Q(state=state))
            for number, (_label, whose, state) in enumerate(asked)
        }
    )
    return [
        {
            "label": label,
            "count": counts[f"n{number}"],
            "url": f"{address}?state__exact={state}",
        }
        for number, (label, _whose, state) in enumerate(asked)
    ]


def _to_review(user) -> Q:
    kinds = Q(pk__in=[])
    for model, model_admin in admin.site._registry.items():
        if hasattr(model_admin, "has_draft_permission"):
            meta = model._meta
            codename = get_permission_codename("publish", meta)
            if user.has_perm(f"{meta.app_label}.{codename}"):
                kinds |= Q(
                    content_type__app_label=meta.app_label,
                    content_type__model=meta.model_name,
                )
    return kinds & ~Q(author=user)
