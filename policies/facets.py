"""How many policies each choice of a filter would leave, and when they were
published."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import QueryDict

from cbec_site.base.counting import Total
from cbec_site.base.languages import text

from .force import Force
from .models import Issuer, Policy, Topic

# How many choices of a facet are shown, those with the most policies first.
SHOWN = 12
# How many years the timeline has, the newest first.
YEARS = 30
# The longest list for which facets and timeline are counted: beyond it, each count
# reads the whole library.
COUNTED = 2_500


def is_short(total: Total) -> bool:
    """Whether a list of this length has facets and a timeline."""
    return total <= COUNTED and not total.is_capped


@dataclass(frozen=True)
class Choice:
    """One choice: its label, how many policies it leaves, and its link."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    label: str
    choices: list[Choice]


class Facets:
    """The facets of a filtered list; one query each."""

    def __init__(self, filterset, asked: QueryDict):
        self.filterset, self.asked = filterset, asked
        self.given = filterset.form.cleaned_data if filterset.is_bound else {}

    def all(self) -> list[Facet]:
        """The facets with more than one choice or with a chosen one."""
        facets = [
            self._facet("level", _levels),
            self._facet("kind", _kinds),
            self._facet("status", self._forces),
            self._facet("topic", _topics),
            self._facet("issuer", _issuers),
            self._facet("year", _years),
        ]
        return [
            facet
            for facet in facets
            if len(facet.choices) > 1 or any(c.is_chosen for c in facet.choices)
        ]

    def without(self, name: str):
        """The policies that the other filters leave."""
        queryset = self.filterset.queryset
        for other, value in self.given.items():
            if other != name:
                queryset = self.filterset.filters[other].filter(queryset, value)
        # Only the keys, without what the list prints.
        return queryset.prefetch_related(None).order_by()

    def _facet(self, name, counted):
        chosen = self.asked.get(name, "")
        choices = [
            Choice(label, count, self._address(name, value, chosen), value == chosen)
            for value, label, count in counted(self.without(name))
        ]
        return Facet(self.filterset.filters[name].label, choices)

    def _address(self, name, value, chosen):
        """The list with this choice, or without it if it is already chosen."""
        asked = self.asked.copy()
        asked.pop("page", None)
        asked.pop(name, None)
        if value != chosen:
            asked[name] = value
        return f"?{asked.urlencode()}"

    def _forces(self, queryset):
        day = self.given.get("on")
        forces = queryset.with_force(day).values_list("force_then")
        counts = dict(forces.annotate(count=Count("pk")).order_by())
        return [(f.value, f.label, counts[f]) for f in Force if counts.get(f)]


def _chosen(queryset, name, choices):
    counts = dict(queryset.values_list(name).annotate(count=Count("pk")))
    return [(c.value, c.label, counts[c]) for c in choices if counts.get(c)]


def _levels(queryset):
    return _chosen(queryset, "level", Policy.Level)


def _kinds(queryset):
    return _chosen(queryset, "kind", Policy.DocumentKind)


def _named(queryset, model, relation):
    names = (f"{relation}__code", f"{relation}__name_zh_hans", f"{relation}__name_en")
    rows = (
        queryset.filter(**{f"{relation}__isnull": False})
        .values(*names)
        .annotate(count=Count("pk", distinct=True))
        .order_by("-count", names[0])[:SHOWN]
    )
    return [
        (
            row[names[0]],
            text(model(name_zh_hans=row[names[1]], name_en=row[names[2]]), "name"),
            row["count"],
        )
        for row in rows
    ]


def _topics(queryset):
    return _named(queryset, Topic, "topics")


def _issuers(queryset):
    return _named(queryset, Issuer, "issuers")


def _years(queryset):
    rows = (
        queryset.filter(published_on__isnull=False)
        .annotate(in_year=ExtractYear("published_on"))
        .values_list("in_year")
        .annotate(count=Count("pk"))
        .order_by("-in_year")[:SHOWN]
    )
    return [(str(year), str(year), count) for year, count in rows]


@dataclass(frozen=True)
class Cell:
    """The policies of a level in a month; `height` is their share of the fullest
    month."""

    level: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Row:
    """A year: twelve lists of cells, and the policies of which only the year is
    known."""

    year: int
    months: list[list[Cell]]
    undated: int


def publications_by_month(queryset, asked: QueryDict) -> list[Row]:
    """The policies of a list by year, month and level, the newest year first; one
    query."""
    rows = (
        queryset.prefetch_related(None)
        .filter(published_on__isnull=False)
        .annotate(
            in_year=ExtractYear("published_on"), in_month=ExtractMonth("published_on")
        )
        .values_list("in_year", "in_month", "published_precision", "level")
        .annotate(count=Count("pk"))
        .order_by("-in_year", "in_month", "level")
    )
    years: dict[int, Row] = {}
    for year, month, precision, level, count in rows:
        if year not in years and len(years) == YEARS:
            break
        row = years.setdefault(year, Row(year, [[] for _month in range(12)], 0))
        if precision == "year":
            years[year] = Row(year, row.months, row.undated + count)
            continue
        cells = row.months[month - 1]
        cell = _cell(level, year, month, count, asked)
        same = next((c for c in cells if c.level == level), None)
        if same:
            cells.remove(same)
            cell = _cell(level, year, month, same.count + count, asked)
        cells.append(cell)
    return list(years.values())


def levels_in(rows: list[Row]) -> list[str]:
    """The names of the levels in these rows, the highest level first."""
    found = {cell.level for row in rows for cells in row.months for cell in cells}
    return [level.label for level in Policy.Level if level.value in found]


def _cell(level, year, month, count, asked):
    chosen = asked.copy()
    for name in ("page", "year", "month", "level"):
        chosen.pop(name, None)
    chosen["month"], chosen["level"] = f"{year}-{month:02}", level
    return Cell(level, Policy.Level(level).label, count, f"?{chosen.urlencode()}")
