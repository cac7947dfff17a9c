"""What is waiting for the editor, on the start page of the admin."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.admin_import import pages as observation_pages
from policies.admin_import import pages as policy_pages
from policies.models import Policy, ProposedFact
from policies.models.policies import SOON
from swot.freshness import needing_review
from swot.models import Claim, Entry, Report
from swot.models.texts import BoundText, unsettled
from swot.texts.flagged import flagged_texts

from .base.admin import missing_english
from .base.counting import BoundedPaginator, ShownTotal
from .base.drafts.waiting import drafts_waiting_for
from .base.publishing import Publishable
from .base.translated import translated_fields
from .health import SILENT_WORKER
from .models import WorkerHeartbeat

# Models whose texts need no English.
UNTRANSLATED = ("Observation", "Report")
IMPORT_PAGES = (observation_pages, policy_pages)
# Counted up to the same limit as the list it links to.
MOST = BoundedPaginator.most
APPS = ("datasets", "policies", "swot", "cbec_site")


def start_page(request, context):
    """Counts with links to the filtered lists; plain rows are counted in one query."""
    items = _counted(request.user, list(_waiting(request)))
    context["waiting"] = [task for task in items if task["count"]]
    allowed = [pages for pages in IMPORT_PAGES if pages.allows(request)]
    context["uploads"] = [
        (pages.title, reverse(f"admin:{pages.rows}_import")) for pages in allowed
    ]
    context["batches"] = _newest_imports(allowed)
    context |= _worker()
    return context


def _worker():
    """Whether no worker is running although one should, and when one last was."""
    at = WorkerHeartbeat.last() if settings.WORKER_EXPECTED else timezone.now()
    silent = at is None or timezone.now() - at > timedelta(seconds=SILENT_WORKER)
    return {"is_worker_silent": silent, "worker_at": at}


class RowCount(Subquery):
    """The number of rows of a queryset, as a value of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _counted(user, items):
    """The items with a number in place of the queryset to count, at most `MOST`
    each."""
    rows = {
        f"n{number}": RowCount(item["count"].order_by().values("pk")[: MOST + 1])
        for number, item in enumerate(items)
        if isinstance(item["count"], QuerySet)
    }
    counts = {}
    if rows:
        users = user._meta.model.objects.filter(pk=user.pk)
        counts = users.annotate(**rows).values(*rows).first() or {}
    for number, item in enumerate(items):
        count = counts.get(f"n{number}", item["count"])
        yield item | {"count": ShownTotal(min(count, MOST), count > MOST)}


def _newest_imports(allowed):
    """(batch, address) of the newest imports of all kinds."""
    batches = [
        (batch, reverse(f"admin:{pages.batches}_change", args=[batch.pk]))
        for pages in allowed
        for batch in pages.model.objects.order_by("-created_at").defer("preview")[:5]
    ]
    return sorted(batches, key=lambda pair: pair[0].created_at, reverse=True)[:5]


def _waiting(request):
    yield from drafts_waiting_for(request.user)
    for model in _models(request):
        name = model._meta.verbose_name_plural
        if issubclass(model, Publishable):
            drafts = model.objects.filter(is_published=False)
            yield _item(
                model, _("To confirm: %s") % name, drafts, "is_published__exact=0"
            )
        if translated_fields(model) and model.__name__ not in UNTRANSLATED:
            missing = model.objects.filter(missing_english(model))
            yield _item(
                model, _("English missing: %s") % name, missing, "translation=missing"
            )
    if request.user.has_perm("swot.view_claim"):
        open_ones = Claim.objects.unaccepted()
        label = _("Contradicted claims without a reason")
        yield _item(Claim, label, open_ones, "reason=missing")
    yield from _unsettled_texts(request)
    yield from _needing_review(request)
    yield from _acts(request)
    if request.user.has_perm("swot.change_report"):
        label = _("Reports from readers to answer")
        new = Report.objects.filter(state="new")
        yield _item(Report, label, new, "state__exact=new")


def _needing_review(request):
    if request.user.has_perm("swot.view_entry"):
        label = _("Entries whose data have moved on")
        yield _item(Entry, label, len(needing_review()), "review=needed")


def _acts(request):
    """Policies that expire soon, and what readers do not see yet of policies."""
    if request.user.has_perm("policies.view_policy"):
        label = _("Acts that expire within %(days)d days") % {"days": SOON.days}
        expiring = Policy.objects.expiring(within=SOON)
        yield _item(Policy, label, expiring, "events=expiring")
        label = _("Acts whose official page cannot be reached")
        dead = Policy.objects.filter(is_link_dead=True)
        yield _item(Policy, label, dead, "events=dead-link")
        label = _("Acts with events or relations to confirm")
        acts = Policy.objects.with_parts_to_confirm()
        yield _item(Policy, label, acts, "events=to-confirm")
    if request.user.has_perm("policies.view_proposedfact"):
        label = _("Facts of acts to confirm")
        yield _item(ProposedFact, label, ProposedFact.objects.all(), "")


def _unsettled_texts(request):
    for model in _models(request):
        if issubclass(model, BoundText):
            label = _("Numbers not all bound: %s") % model._meta.verbose_name_plural
            yield _item(model, label, len(unsettled(model)), "numbers=open")
            label = _("Published with numbers that do not hold: %s")
            label %= model._meta.verbose_name_plural
            yield _item(model, label, len(flagged_texts(model)), "numbers=flagged")


def _models(request):
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            permission = f"{app}.view_{model._meta.model_name}"
            if admin.site.is_registered(model) and request.user.has_perm(permission):
                yield model


def _item(model, label, count, query):
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return {"label": label, "count": count, "url": f"{url}?{query}"}
