"""Answers the apps below that ask what rests on their rows."""

from django.db.models import Count, Q

from cbec_site.base.limits import DEPENDENTS_NAMED
from cbec_site.base.permanent_codes import code_users
from datasets.dependents import Touched, cites
from datasets.dependents import dependents as dependents_on_data
from datasets.models import Observation
from policies.dependents import Passage
from policies.dependents import dependents as dependents_on_policies

from .claims.consequences import consequences, series_consequences
from .dated import dated
from .models import Claim, Correction, Entry, Evidence, Recommendation
from .models.texts import binding_texts


class DataAnswers:
    """A `datasets.dependents.Dependent`."""

    def consequences(self, proposals):
        return consequences(proposals)

    def series_consequences(self, series):
        return series_consequences(series)

    def touched(self, observations):
        """The published entries that rest on these observations."""
        return _touched_parts("entry", Entry, "observations", observations)

    def citing(self, observations, figure):
        """Entries, recommendations and claims, drafts included."""
        evidence = Q(cites(observations))
        if figure is not None:
            evidence |= Q(figure=figure)
        citing = {
            "entries": Entry.objects.filter(
                pk__in=Evidence.objects.filter(evidence).values("entry")
            )
        }
        for kind, model in (("recommendations", Recommendation), ("claims", Claim)):
            # By key, so that a claim with two of the values is listed once.
            links = model.observations.through.objects
            keys = links.filter(cites(observations))
            name = f"{model.__name__.lower()}_id"
            citing[kind] = model.objects.filter(pk__in=keys.values(name))
        return citing

    def cited(self):
        """Values used by public evidence, recommendations and claims."""
        links = Evidence.objects.published().filter(observation__isnull=False)
        querysets = [links.order_by().values("observation")]
        for model in (Recommendation, Claim):
            through = model.observations.through.objects
            name = f"{model.__name__.lower()}__in"
            public = through.filter(**{name: model.objects.published()})
            querysets.append(public.values("observation"))
        return querysets

    def links(self):
        parts = (Claim, Recommendation)
        through = [part.observations.through.objects.all() for part in parts]
        return [*through, Evidence.objects.all(), Correction.objects.all()]

    def corrections(self, observations, limit):
        corrections = Correction.objects.published()
        corrections = corrections.filter(cites(observations))
        return corrections.order_by("-corrected_on", "-pk")[:limit]

    def dated(self, indicators, regions, years):
        return dated(indicators, regions, years)


class PolicyAnswers:
    """A `policies.dependents.Dependent`."""

    def touched(self, codes):
        """The published entries and recommendations that rest on these policies."""
        return [
            *_touched_parts("entry", Entry, "policies", codes, "__code"),
            *_touched_parts(
                "recommendation", Recommendation, "policies", codes, "__code"
            ),
        ]

    def citing(self, policy):
        return {
            "entries": policy.entries.all(),
            "recommendations": policy.recommendations.all(),
        }

    def corrections(self, policy, limit):
        return policy.corrections.published()[:limit]

    def links(self):
        return [
            (Entry.objects.all(), "policies"),
            (Recommendation.objects.all(), "policies"),
            (Correction.objects.all(), "policy"),
        ]

    def passages(self, code):
        """The passages of a policy quoted as evidence for public entries."""
        links = Evidence.objects.published().filter(policy__code=code)
        links = links.exclude(passage="").select_related("entry__analysis")
        return [
            Passage(link.passage, link.entry.code, link.entry.get_absolute_url())
            for link in links.order_by("pk")[:DEPENDENTS_NAMED]
        ]


class CodeAnswers:
    """A `cbec_site.base.permanent_codes.CodeUser`.

    A text that binds a number has no database link to the value, only its code.
    """

    def texts_naming(self, model, codes):
        kind = {Claim: "claim", Observation: "obs"}.get(model)
        return binding_texts(kind, codes) if kind else {}


def register():
    """Register this app's answers."""
    dependents_on_data.register(DataAnswers())
    dependents_on_policies.register(PolicyAnswers())
    code_users.register(CodeAnswers())


def _touched_parts(kind, model, relation, values, field=""):
    parts = (
        model.objects.published()
        .filter(**{f"{relation}{field}__in": values})
        .select_related("analysis")
        .annotate(touched=Count(relation, distinct=True))
        .order_by("code")[:DEPENDENTS_NAMED]
    )
    return [
        Touched(kind, part.code, part.title, part.get_absolute_url(), part.touched)
        for part in parts
    ]
