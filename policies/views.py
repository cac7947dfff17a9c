from django.core.exceptions import BadRequest
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.views.generic import DetailView

from cbec_site.base.addresses import site_address
from cbec_site.base.limits import CORRECTIONS_SHOWN
from cbec_site.base.tables import FilteredTableView
from cbec_site.base.used_by import used_by

from .citations import plain_citation, policy_citation
from .filters import PilotZoneFilter, PolicyFilter, asked_day
from .force import Force
from .linked_data import legislation
from .models import PilotZone, Policy
from .tables import PilotZoneTable, PolicyTable
from .timeline import timeline


class PolicyList(FilteredTableView):
    queryset = Policy.objects.published().with_labels()
    filterset_class = PolicyFilter
    table_class = PolicyTable


class PolicyDetail(DetailView):
    queryset = Policy.objects.published().with_labels()
    slug_field = "code"
    parameters = ("on",)

    def get_context_data(self, **kwargs):
        policy = self.object
        day = asked_day(self.request.GET)
        if self.request.GET.get("on") and day is None:
            raise BadRequest("A day is written like 2023-08-01.")
        answer = policy.force(day)
        here = site_address(self.request) + policy.get_absolute_url()
        address = policy.source_url or here
        return super().get_context_data(**kwargs) | {
            "used_by": used_by(
                entries=policy.entries.all(),
                recommendations=policy.recommendations.all(),
            ),
            "corrections": policy.corrections.published()[:CORRECTIONS_SHOWN],
            "citation": policy_citation(
                policy, address=address, cited_on=timezone.localdate()
            ),
            "plain_citation": plain_citation(policy, address=address),
            "day": day,
            "answer": answer,
            "is_status_known": answer.force != Force.UNKNOWN,
            "timeline": timeline(policy),
            "legislation": legislation(policy, address=here),
        }


class PilotZoneList(FilteredTableView):
    queryset = PilotZone.objects.published().select_related("region__parent")
    filterset_class = PilotZoneFilter
    table_class = PilotZoneTable

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"batches": batch_totals()}


def batch_totals():
    """Each batch with its published zones, their number and the days approved."""
    return (
        PilotZone.objects.published()
        .values("batch")
        .annotate(count=Count("pk"), first=Min("approved_on"), last=Max("approved_on"))
        .order_by("batch")[:100]
    )
