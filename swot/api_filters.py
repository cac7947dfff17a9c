"""The filters of the study's lists in the API."""

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from cbec_site.base.listing import (
    Code,
    Filters,
    FiltersWithWords,
    Words,
    choice,
    optional,
)
from datasets.models import Observation

from .models import Claim, Entry


class AnalysisFilters(Filters):
    region: Code | None = optional(_("Code of the region."))

    def apply(self, queryset):
        return queryset.filter(region__code=self.region) if self.region else queryset


class EntryFilters(Filters):
    analysis: Code | None = optional(_("Name of an analysis in addresses."))
    quadrant: choice(Entry.Quadrant) | None = optional(_("S, W, O or T."))

    def apply(self, queryset):
        if self.analysis:
            queryset = queryset.filter(analysis__slug=self.analysis)
        if self.quadrant:
            queryset = queryset.filter(quadrant=self.quadrant)
        return queryset


class RecommendationFilters(Filters):
    analysis: Code | None = optional(_("Name of an analysis in addresses."))
    answers: Code | None = optional(_("Code of an entry that it answers."))

    def apply(self, queryset):
        if self.analysis:
            queryset = queryset.filter(analysis__slug=self.analysis)
        if self.answers:
            answered = Entry.objects.published().filter(code=self.answers)
            queryset = queryset.filter(pk__in=answered.values("recommendations"))
        return queryset


VERDICTS = _(
    "yes holds, rounding holds after rounding, no contradicted, superseded by newer "
    "or revised data, n/a not testable, missing data missing; an editor finds: "
    "imprecise wording, label that does not fit."
)


class ClaimFilters(FiltersWithWords):
    verdict: choice(Claim.Verdict) | None = optional(VERDICTS)
    kind: choice(Claim.Kind) | None = optional(
        _("What the statement is compared with.")
    )
    indicator: Code | None = optional(_("Code of an indicator that it rests on."))
    region: Code | None = optional(_("Code of a region whose values it rests on."))
    source: Code | None = optional(_("Code of a source that it rests on."))
    entry: Code | None = optional(_("Code of an entry that makes it."))
    q: Words | None = optional(_("Words in the statement."))

    def apply(self, queryset):
        if self.verdict:
            queryset = queryset.filter(verdict=self.verdict)
        if self.kind:
            queryset = queryset.filter(kind=self.kind)
        for name in ("indicator", "region", "source"):
            if code := getattr(self, name):
                used = Observation.objects.published().filter(**{f"{name}__code": code})
                queryset = queryset.filter(pk__in=used.values("claims"))
        if self.entry:
            making = Entry.objects.published().filter(code=self.entry)
            queryset = queryset.filter(pk__in=making.values("claims"))
        return queryset


class CorrectionFilters(Filters):
    claim: Code | None = optional(_("Code of a claim that it is about or affects."))

    def apply(self, queryset):
        if self.claim:
            claims = Claim.objects.published().filter(code=self.claim)
            about = queryset.filter(claim__in=claims).values("pk")
            affected = queryset.filter(claims__in=claims).values("pk")
            queryset = queryset.filter(Q(pk__in=about) | Q(pk__in=affected))
        return queryset
