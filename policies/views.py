from django.core.exceptions import BadRequest
from django.db.models import Count, Max, Min, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from cbec_site.base.addresses import site_address
from cbec_site.base.kept import content_changed_at, kept_part
from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import CORRECTIONS_SHOWN
from cbec_site.base.reads import state_of
from cbec_site.base.search_text import split_words
from cbec_site.base.tables import FilteredTableView, sorting
from datasets.cited import CITED, CitedMixin, cited_address

from .act_text import articles
from .citations import plain_citation, policy_citation
from .dependents import ask_passages, corrections_of, used_by_policy
from .facets import Facets, is_short, levels_in, publications_by_month
from .filters import PilotZoneFilter, PolicyFilter, asked_day
from .force import ENDS, Force, Kind
from .lineage import lineage, related_acts
from .linked_data import eli, legislation
from .models import PilotZone, Policy, SavedView
from .tables import PilotZoneTable, PolicyTable
from .timeline import timeline

# How many zones the page of an act lists; the largest batch has 46.
ZONES_SHOWN = 200
# The study speaks of six batches (132 zones).
STUDY_BATCHES = 6


# How a list can be sorted without using its headings.
SORTS = (
    ("relevance", _("Best match first")),
    ("-published", _("Newest first")),
    ("published", _("Oldest first")),
    ("title", _("By title")),
)


class PolicyList(FilteredTableView):
    queryset = Policy.objects.published().with_read_cells()
    filterset_class = PolicyFilter
    table_class = PolicyTable
    # A title may need three lines of a phone.
    table_pagination = {"per_page": 25}

    def get_table_kwargs(self):
        """A search sorts by best match unless another order is asked for."""
        asked = self.request.GET
        words = asked.get("q", "")
        given = {"words": words, "is_whole": self.most_counted() is None}
        if not split_words(words) or asked.get("sort", "relevance") != "relevance":
            return given
        given["candidates"] = self.filterset.others
        # The table itself applies an order in the address; each one applied ranks anew.
        return given if asked.get("sort") else given | {"order_by": "relevance"}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked = self.request.GET
        sorts = SORTS if asked.get("q") else SORTS[1:]
        context |= {
            "saved_views": SavedView.objects.published(),
            **sorting(asked, sorts),
        }
        if self.filterset.is_valid() or not self.filterset.is_bound:
            context["narrowing"] = self.narrowing(context["table"].data.total)
        return context

    def narrowing(self, total):
        """Facets and timeline of a list with this many acts, for all its pages."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        is_counted = is_short(total)
        # The choices that the codes in the address stand for.
        form = self.filterset.form
        chosen = state_of(form.cleaned_data if form.is_bound else {})
        return kept_part(
            ("parts of the library", asked.urlencode(), chosen, is_counted),
            lambda: self.render_narrowing(is_counted),
        )

    def render_narrowing(self, is_counted):
        asked = self.request.GET
        context = {"is_counted": is_counted}
        if is_counted:
            years = publications_by_month(self.object_list, asked)
            context |= {
                "facets": Facets(self.filterset, asked).all(),
                "years": years,
                "levels": levels_in(years),
            }
        return render_to_string("policies/_narrowing.html", context)


class PolicyDetail(CitedMixin, DetailView):
    queryset = Policy.objects.published().with_labels().prefetch_related("attachments")
    slug_field = "code"
    parameters = ("on", CITED)

    def get_context_data(self, **kwargs):
        policy = self.object
        day = asked_day(self.request.GET)
        if self.request.GET.get("on") and day is None:
            raise BadRequest("Write a day as 2023-08-01.")
        answer, moments = policy.force(day), timeline(policy)
        here = site_address(self.request) + policy.get_absolute_url()
        address = policy.source_url or cited_address(
            here, content_changed_at(self.request)
        )
        return super().get_context_data(**kwargs) | {
            "used_by": used_by_policy(policy),
            "corrections": corrections_of(policy, CORRECTIONS_SHOWN),
            "citation": policy_citation(
                policy, address=address, cited_on=timezone.localdate()
            ),
            "plain_citation": plain_citation(policy, address=address),
            "day": day,
            "answer": answer,
            "is_status_known": answer.force != Force.UNKNOWN,
            "is_without_end": answer.force == Force.IN_FORCE
            and not any(event.kind in ENDS for event in policy.public_events),
            "is_stated": answer.because is not None
            and answer.because.kind == Kind.STATED,
            "texts": texts(policy),
            "timeline": moments,
            "is_seen": policy.has_source or any(m.evidence_url for m in moments),
            "related": related_acts(policy),
            "has_lineage": policy.has_lineage,
            "zones": PilotZone.objects.published()
            .filter(Q(approved_by=policy) | Q(ended_by=policy))
            .select_related("region")
            .order_by("code")[:ZONES_SHOWN],
            "legislation": legislation(policy, address=here),
            "eli": eli(policy),
        }


def texts(policy):
    """(language, articles) of the text in each language that it exists in."""
    both = [
        (language.code, getattr(policy, f"text_{language.column}"))
        for language in LANGUAGES
    ]
    if not any(text for _code, text in both):
        return []
    passages = ask_passages(policy.code)
    written = [(code, articles(text, passages, code)) for code, text in both if text]
    # The reader's own language first.
    return sorted(written, key=lambda pair: pair[0] != (get_language() or "").lower())


class PolicyLineage(DetailView):
    """What an act carries out and what carries it out, from the central level down."""

    queryset = Policy.objects.published()
    slug_field = "code"
    template_name = "policies/policy_lineage.html"

    def get_context_data(self, **kwargs):
        steps = lineage(self.object)
        zones = prefetch_zones(step.act.pk for step in steps)
        return super().get_context_data(**kwargs) | {
            "steps": [(step, zones.get(step.act.pk, [])) for step in steps]
        }


def prefetch_zones(acts):
    """The published zones of some acts by the key of the act; one query."""
    zones_by_act = {}
    zones = PilotZone.objects.published().filter(approved_by__in=list(acts))
    for zone in zones.select_related("region").order_by("code"):
        zones_by_act.setdefault(zone.approved_by_id, []).append(zone)
    return zones_by_act


class PilotZoneList(FilteredTableView):
    queryset = PilotZone.objects.published().select_related(
        "region__parent", "approved_by", "ended_by"
    )
    filterset_class = PilotZoneFilter
    table_class = PilotZoneTable
    table_pagination = {"per_page": 25}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "batches": batch_totals(),
            "totals": zone_totals(),
        }


def zone_totals():
    """How many zones the study counted, how many were added after 2022, and how many
    there are today.

    Counts every zone of the list, also those whose names are still to be confirmed, and
    how many are named: {"study", "by_2022", "approved", "added", "ended", "today",
    "named", "waiting"}.
    """
    zones = PilotZone.objects.aggregate(
        study=Count("pk", filter=Q(batch__lte=STUDY_BATCHES)),
        by_2022=Count("pk", filter=Q(approved_on__year__lte=2022)),
        approved=Count("pk"),
        ended=Count("pk", filter=Q(ended_on__isnull=False)),
        named=Count("pk", filter=Q(is_published=True)),
    )
    return zones | {
        "added": zones["approved"] - zones["by_2022"],
        "today": zones["approved"] - zones["ended"],
        "waiting": zones["approved"] - zones["named"],
    }


def batch_totals():
    """Each batch with its published zones, their number and their days of approval."""
    return (
        PilotZone.objects.published()
        .values("batch")
        .annotate(count=Count("pk"), first=Min("approved_on"), last=Max("approved_on"))
        .order_by("batch")[:100]
    )
