import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from cbec_site.base.limits import CHOICES_OFFERED
from cbec_site.base.search_text import MAX_LENGTH
from datasets.models import Indicator, Observation, Region, Source

from .models import Claim, Entry

READ = {"indicator": Indicator, "region": Region, "source": Source}


def public_entry_codes():
    """Codes of the published entries of published analyses, as choices."""
    codes = Entry.objects.published()
    codes = codes.order_by("code").values_list("code", flat=True).distinct()
    return [(code, code) for code in codes[:CHOICES_OFFERED]]


def read_by_claims(name):
    """(code, title) of the indicators, regions or sources that public claims read."""
    # Starts from the claims, which read only a few of possibly many values.
    links = Claim.observations.through.objects.filter(
        claim__in=Claim.objects.published().values("pk")
    )
    read = Observation.objects.published().filter(pk__in=links.values("observation"))
    title = "name" if name == "region" else "title"
    rows = READ[name].objects.filter(pk__in=read.values(name)).order_by("code")
    return [(row.code, getattr(row, title)) for row in rows[:CHOICES_OFFERED]]


class ClaimFilter(filters.FilterSet):
    """The filters of the list of claims; the API uses the same names."""

    q = filters.CharFilter(
        method="search",
        label=_("Words"),
        max_length=MAX_LENGTH,
        widget=forms.SearchInput,
    )
    verdict = filters.ChoiceFilter(choices=Claim.Verdict.choices, empty_label=_("All"))
    kind = filters.ChoiceFilter(
        choices=Claim.Kind, label=_("Compared with"), empty_label=_("All")
    )
    entry = filters.ChoiceFilter(
        method="of_entry",
        choices=public_entry_codes,
        label=_("SWOT entry"),
        empty_label=_("All"),
    )

    indicator = filters.ChoiceFilter(
        method="reading",
        choices=lambda: read_by_claims("indicator"),
        label=_("Indicator"),
        empty_label=_("All"),
    )
    region = filters.ChoiceFilter(
        method="reading",
        choices=lambda: read_by_claims("region"),
        label=_("Region"),
        empty_label=_("All"),
    )
    source = filters.ChoiceFilter(
        method="reading",
        choices=lambda: read_by_claims("source"),
        label=_("Source"),
        empty_label=_("All"),
    )

    class Meta:
        model = Claim
        fields = []

    def reading(self, queryset, name, value):
        read = Observation.objects.published().filter(**{f"{name}__code": value})
        return queryset.filter(pk__in=read.values("claims"))

    def search(self, queryset, name, value):
        return queryset.search(value)

    def of_entry(self, queryset, name, value):
        entries = Entry.objects.published().filter(code=value)
        return queryset.filter(pk__in=entries.values("claims"))
