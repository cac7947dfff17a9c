from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.generic import DetailView, ListView

from cbec_site.base.addresses import site_address
from cbec_site.base.counting import count_by
from cbec_site.base.kept import kept_part
from cbec_site.base.limits import CORRECTIONS_SHOWN
from cbec_site.base.publishing import prefetch_published
from cbec_site.base.reads import state_of
from cbec_site.base.tables import FilteredTableView, sorting
from datasets.chart_choice import DATA, is_to_today
from datasets.charts import inputs_table
from datasets.cited import CITED, CitedMixin
from datasets.models import Observation
from datasets.views import breakdown_titles
from policies.models import Policy

from .article import bound_numbers, render_article
from .citations import study_citation
from .claims.linked_data import claim_data
from .filters import ClaimFilter
from .freshness import needing_review
from .models import Analysis, Claim, Entry, Evidence, Recommendation, VerdictChange
from .models.entries import prefetch_answers
from .models.evidence import grouped
from .tables import SORTS, ClaimTable
from .tows import board

CHANGES_SHOWN = 50


EVIDENCE = (
    Prefetch("observations", Observation.objects.published().with_labels()),
    Prefetch("policies", Policy.objects.published().with_labels()),
    prefetch_published(Claim, "claims"),
)


class AnalysisList(ListView):
    queryset = (
        Analysis.objects.published()
        .select_related("region")
        .annotate(entry_count=count_by("analysis", Entry.objects.published()))
    )
    paginate_by = 20


class AnalysisDetail(CitedMixin, DetailView):
    queryset = Analysis.objects.published().select_related("region")
    parameters = (DATA, CITED)

    def get_context_data(self, **kwargs):
        to_today = is_to_today(self.request.GET)
        contents, body, notes = render_article(
            self.object, self.request.path, to_today=to_today
        )
        # The page tells how to cite its address.
        key = "how to cite", state_of(self.object), site_address(self.request)
        return super().get_context_data(**kwargs) | {
            "contents": contents,
            "body": body,
            "notes": notes,
            "how_to_cite": kept_part(key, self.render_how_to_cite),
        }

    def render_how_to_cite(self):
        """How to cite the page as it is now: with the moment of the last change."""
        context = {
            "request": self.request,
            "analysis": self.object,
            "study_citation": study_citation(self.object),
        }
        return render_to_string("swot/_how_to_cite.html", context)


def corrections(*related):
    """The newest published corrections found through these relations, each once."""
    links = {
        correction.pk: correction
        for relation in related
        for correction in relation.published().order_by("-corrected_on", "-pk")[
            :CORRECTIONS_SHOWN
        ]
    }
    newest = sorted(links.values(), key=lambda c: (c.corrected_on, c.pk), reverse=True)
    return newest[:CORRECTIONS_SHOWN]


class PartDetail(CitedMixin, DetailView):
    """An entry or recommendation, addressed by its analysis and its code."""

    parameters = (CITED,)

    def get_object(self, queryset=None):
        return get_object_or_404(
            self.get_queryset(),
            analysis__slug=self.kwargs["analysis"],
            code=self.kwargs["slug"],
        )

    def get_context_data(self, **kwargs):
        siblings = sorted(
            self.model.objects.published().filter(analysis=self.object.analysis),
            key=lambda part: ("SWOTR".find(part.code[0]), part.code),
        )
        position = siblings.index(self.object)
        kind = self.model._meta.model_name
        return super().get_context_data(**kwargs) | {
            "part": self.object,
            "page": f"swot:{kind}-detail",
            "about": f"{kind}:{self.object.analysis.slug}/{self.object.code}",
            "breakdowns": breakdown_titles(),
            **bound_numbers(self.object.body or ""),
            "corrections": corrections(self.object.corrections),
            "previous": siblings[position - 1] if position else None,
            "next": siblings[position + 1] if position + 1 < len(siblings) else None,
        }


class EntryDetail(PartDetail):
    model = Entry
    queryset = (
        Entry.objects.published()
        .select_related("analysis")
        .prefetch_related(
            prefetch_published(Recommendation, "recommendations"),
            "moves",
            Prefetch(
                "evidence",
                Evidence.objects.published().with_targets().order_by("pk"),
                to_attr="links",
            ),
        )
    )

    def get_context_data(self, **kwargs):
        reasons = needing_review([self.object.pk])
        return super().get_context_data(**kwargs) | {
            "groups": grouped(self.object.links),
            "contradicted": [
                link.claim
                for link in self.object.links
                if link.claim and link.claim.verdict == Claim.Verdict.CONTRADICTED
            ],
            "reasons": reasons.get(self.object.pk, []),
        }


class RecommendationDetail(PartDetail):
    model = Recommendation
    queryset = (
        Recommendation.objects.published()
        .select_related("analysis")
        .prefetch_related(*EVIDENCE, prefetch_answers())
    )


class TowsBoard(DetailView):
    """The page of the TOWS board."""

    queryset = Analysis.objects.published()
    template_name = "swot/tows.html"

    def get_context_data(self, **kwargs):
        analysis = self.object
        entries = with_doubtful(analysis.entries.published(), "entries")
        advice = with_doubtful(analysis.recommendations.published(), "recommendations")
        recommendations = advice.prefetch_related(prefetch_answers())
        return super().get_context_data(**kwargs) | {
            "board": board(list(entries), list(recommendations))
        }


def with_doubtful(parts, relation):
    """Parts with the number of their public claims that data contradict or have
    overtaken."""
    claims = Claim.objects.published()
    of = Claim.Verdict
    return parts.select_related("analysis").annotate(
        contradicted_claims=count_by(relation, claims.filter(verdict=of.CONTRADICTED)),
        superseded_claims=count_by(relation, claims.filter(verdict=of.SUPERSEDED)),
    )


class ClaimList(FilteredTableView):
    """The list of claims."""

    queryset = Claim.objects.published()
    filterset_class = ClaimFilter
    table_class = ClaimTable
    # Statements need several lines of a phone.
    table_pagination = {"per_page": 25}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "verdicts": verdict_counts(),
            **sorting(self.request.GET, SORTS),
        }


def verdict_counts():
    """(verdict, number of published claims) for each verdict, zero included."""
    counts = dict(
        Claim.objects.published()
        .values_list("verdict")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [(verdict, counts.get(verdict.value, 0)) for verdict in Claim.Verdict]


class ClaimDetail(CitedMixin, DetailView):
    slug_field = "code"
    parameters = (CITED,)
    queryset = Claim.objects.published().prefetch_related(
        Prefetch(
            "observations",
            Observation.objects.published().with_labels().order_by("period_start"),
        ),
        Prefetch(
            "entries",
            Entry.objects.published().select_related("analysis").in_order(),
        ),
        Prefetch(
            "recommendations",
            Recommendation.objects.published().select_related("analysis"),
        ),
        Prefetch(
            "verdict_changes",
            VerdictChange.objects.select_related("batch")[:CHANGES_SHOWN],
            to_attr="changes",
        ),
    )

    def get_context_data(self, **kwargs):
        claim = self.object
        inputs = list(claim.observations.all())
        address = site_address(self.request) + claim.get_absolute_url()
        analyses = [
            part.analysis
            for part in (*claim.entries.all(), *claim.recommendations.all())
        ]
        return super().get_context_data(**kwargs) | {
            "breakdowns": breakdown_titles(),
            "chart": inputs_table(inputs),
            "corrections": corrections(claim.corrections, claim.touched_by),
            "linked": claim_data(
                claim, inputs, next(iter(analyses), None), address=address
            ),
        }
