import datetime
import re

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, Subquery
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import DatePrecision, parse_partial_date
from cbec_site.base.limits import CHOICES_OFFERED
from cbec_site.base.search_text import MAX_LENGTH
from datasets.models import Region

from .force import FORMER_WORDS, Force
from .models import Issuer, PilotZone, Policy, Topic

MAX_YEARS = 100
MONTH = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])")


class BoundedIterator(ModelChoiceIterator):
    """Offers the first few hundred choices; a code beyond them is still accepted."""

    def __init__(self, field):
        super().__init__(field)
        self.queryset = self.queryset[:CHOICES_OFFERED]


class BoundedChoiceField(forms.ModelChoiceField):
    iterator = BoundedIterator


class CodeFilter(filters.ModelChoiceFilter):
    """A choice among things that have a code; the address holds the code."""

    field_class = BoundedChoiceField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, to_field_name="code", empty_label=_("All"), **kwargs)


def public_issuers(request):
    """Bodies that issued a published policy."""
    return Issuer.objects.published().order_by("name_zh_hans", "code")


def public_topics(request):
    """Topics of published policies."""
    return Topic.objects.published().order_by("code")


def public_years():
    """Years from the newest publication back to the oldest, as choices."""
    days = Policy.objects.published().filter(published_on__isnull=False)
    # Each end alone is the first row of an index; one query for both reads all rows.
    ends = {
        name: Subquery(days.order_by(order).values("published_on")[:1])
        for name, order in (("first", "published_on"), ("last", "-published_on"))
    }
    known = Policy.objects.order_by().values(**ends).first()
    if known is None or known["last"] is None:
        return []
    last = known["last"].year
    first = max(known["first"].year, last - MAX_YEARS + 1)
    return [(str(year), str(year)) for year in range(last, first - 1, -1)]


class ForceField(forms.ChoiceField):
    """A choice of force; the word that addresses used for “ended” is still accepted."""

    def prepare_value(self, value):
        return FORMER_WORDS.get(value, value)

    def to_python(self, value):
        return FORMER_WORDS.get(value, super().to_python(value))


class ForceFilter(filters.ChoiceFilter):
    field_class = type("ForceChoiceField", (ForceField, filters.fields.ChoiceField), {})


def asked_day(asked):
    """The day for which a list is asked; None if it is missing or not a day."""
    text = asked.get("on", "")
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    # Of ISO 8601 only 2023-08-01, as in the form; not 20230801 or a week.
    return day if day.isoformat() == text else None


class PolicyFilterForm(forms.Form):
    def clean_month(self):
        month = self.cleaned_data.get("month", "")
        if month and not MONTH.fullmatch(month):
            raise forms.ValidationError(_("Write a month as 2021-03."))
        return month

    def clean_on(self):
        """The lists read the day from the address, where 2023-8-1 is not accepted."""
        day = self.cleaned_data.get("on")
        if day != asked_day(self.data):
            raise forms.ValidationError(_("Write a day as 2023-08-01."))
        return day


class PolicyFilter(filters.FilterSet):
    """The filters of the list of policies; the API has the same names."""

    q = filters.CharFilter(
        method="search",
        label=_("Words"),
        max_length=MAX_LENGTH,
        widget=forms.SearchInput,
    )
    level = filters.ChoiceFilter(choices=Policy.Level, empty_label=_("All"))
    kind = filters.ChoiceFilter(choices=Policy.DocumentKind, empty_label=_("All"))
    year = filters.ChoiceFilter(
        field_name="published_on__year",
        choices=public_years,
        label=_("Year published"),
        empty_label=_("All"),
    )
    month = filters.CharFilter(
        method="in_month", label=_("Month published"), widget=forms.HiddenInput
    )
    issuer = CodeFilter(
        field_name="issuers", queryset=public_issuers, label=_("Issuing body")
    )
    topic = CodeFilter(field_name="topics", queryset=public_topics, label=_("Topic"))
    status = ForceFilter(
        choices=Force, label=_("Status"), empty_label=_("All"), method="with_status"
    )
    on = filters.DateFilter(
        method="known_on",
        label=_("On the day"),
        help_text=_("Today if no day is given."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    in_table_1 = filters.ChoiceFilter(
        choices=[("1", _("Table 1 of the study"))],
        label=_("Part of the library"),
        empty_label=_("All"),
    )

    others = None

    class Meta:
        model = Policy
        fields = []
        form = PolicyFilterForm

    def filter_queryset(self, queryset):
        """The search words are applied last; `others` are the policies that the other
        filters leave."""
        asked = dict(self.form.cleaned_data)
        words = asked.pop("q")
        for name, value in asked.items():
            queryset = self.filters[name].filter(queryset, value)
        self.others = queryset
        return self.filters["q"].filter(queryset, words)

    def search(self, queryset, name, value):
        return queryset.search(value)

    def in_month(self, queryset, name, value):
        """Policies published in a month such as 2021-03; the form refuses other
        text."""
        day, _precision = parse_partial_date(value)
        return queryset.filter(
            published_on__year=day.year, published_on__month=day.month
        ).exclude(published_precision=DatePrecision.YEAR)

    def with_status(self, queryset, name, value):
        return queryset.in_force_state(value, self.form.cleaned_data.get("on"))

    def known_on(self, queryset, name, value):
        """The day itself filters nothing: lists show the status on that day."""
        return queryset


def zone_provinces(request):
    """Provinces in which, or as which, a zone was approved."""
    inside = PilotZone.objects.published().filter(
        Q(region=OuterRef("pk")) | Q(region__parent=OuterRef("pk"))
    )
    return Region.objects.filter(Exists(inside), kind=Region.Kind.PROVINCE).order_by(
        "code"
    )


def zone_batches():
    zones = PilotZone.objects.published().order_by("batch")
    batches = zones.values_list("batch", flat=True).distinct()
    return [
        (str(batch), _("Batch %(number)d") % {"number": batch})
        for batch in batches[:CHOICES_OFFERED]
    ]


class PilotZoneFilter(filters.FilterSet):
    """The filters of the list of pilot zones; the API has the same names."""

    batch = filters.ChoiceFilter(choices=zone_batches, empty_label=_("All"))
    region = CodeFilter(method="inside", queryset=zone_provinces, label=_("Province"))

    class Meta:
        model = PilotZone
        fields = []

    def inside(self, queryset, name, value):
        return queryset.filter(Q(region=value) | Q(region__parent=value))
