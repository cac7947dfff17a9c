"""A chart in the state given by its address, for its page, files and frames."""

from dataclasses import dataclass, replace
from operator import attrgetter

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from cbec_site.base.languages import reading_order, sign

from .chart_cells import FigureTable
from .chart_choice import MOST_TOGETHER, ChartForm, Choice, Offer, View, is_to_today
from .chart_measures import AMOUNTS, Measure, measured, measures_of
from .chart_series import (
    best_of_each,
    chosen_series,
    offered_measures,
    offered_periods,
    offered_regions,
    offered_years,
    points_of,
    series_left_out,
    series_of,
)
from .charts import figure_table, series_table
from .dependents import dated_beside
from .models import Figure, Indicator, Observation
from .models.totals import totals

INDICATORS_OFFERED = 300
# Measures that need further values: those of the parent region or the year before.
NEEDS_MORE = (Measure.SHARE, Measure.CHANGE)


@dataclass(frozen=True)
class PlayedChart:
    """A chosen table, and the form with the choice."""

    table: FigureTable
    form: ChartForm

    @property
    def choice(self) -> Choice:
        return self.form.choice

    @property
    def query(self) -> str:
        """The query string of the state; "" if nothing was chosen."""
        return self.choice.query(view="")

    @property
    def table_query(self) -> str:
        """The query string of the same state, shown as a table."""
        return self.choice.query(view=View.TABLE)

    @property
    def is_table(self) -> bool:
        return self.choice.view == View.TABLE


def figure_chart(figure: Figure, data: QueryDict, moment=None) -> PlayedChart:
    """A figure's table in the state of `data`; no queries beyond those of the table.

    With values to today the chart offers the same choices as with those of the study.
    With a moment, the values are those of that time, and there are no newer ones.

    Policies and events, if asked for, take the queries of `dated_beside`.
    """
    to_today = moment is None and is_to_today(data)
    whole = figure_table(figure, to_today=to_today, moment=moment)
    drawn = [column for column in whole.columns if is_drawn(column)]
    seen = [column.sample for column in drawn if column.sample is not None]
    is_time = whole.layout != "share"
    offer = Offer(
        regions=_named((one.region.code, one.region.name) for one in seen),
        indicators=_named((one.indicator.code, one.indicator.title) for one in seen),
        years=_years(whole) if is_time else [],
        measures=measures_of(whole),
        has_marks=is_time and bool(seen),
        is_of_study=bool(seen) and moment is None,
    )
    form = ChartForm(data, offer)
    return _played(whole, form)


def indicator_chart(indicator: Indicator, data: QueryDict, moment=None) -> PlayedChart:
    """An indicator's series in the state of `data`; five queries, more with events.

    With a moment, series and values are those of that time.
    """
    series = series_of(indicator.observations.published(), moment)
    offer = Offer(
        regions=offered_regions(series, data.getlist("region")),
        indicators=_offered_indicators(),
        years=offered_years(series),
        periods=offered_periods(series),
        measures=offered_measures(series, [indicator.kind]),
        here=indicator.code,
        has_marks=bool(series),
    )
    form = ChartForm(data, offer)
    shown = chosen_series(series, form.choice)
    table = series_table(points_of(shown, moment))
    if left_out := series_left_out(series, shown, form.choice):
        table.notes.append(_left_out_note(len(left_out)))
    return _played(table, form)


def _offered_indicators():
    """(code, title) of the indicators that readers can go to; no instance is made."""
    titles = [f"title_{language.column}" for language in reading_order()]
    rows = Indicator.objects.published().order_by("code").values_list("code", *titles)
    return [
        (code, next(filter(None, named), ""))
        for code, *named in rows[:INDICATORS_OFFERED]
    ]


def _left_out_note(count):
    return ngettext(
        "%d more series is not drawn: choose its region, or see all values.",
        "%d more series are not drawn: choose their regions, or see all values.",
        count,
    ) % (count,)


def comparison(data: QueryDict) -> PlayedChart:
    """Any indicators and regions side by side, in the state of `data`.

    For each indicator and region its longest series; if no indicator is named, an index
    of the one with most values. Values are in a panel for each indicator; measures
    without a unit, such as an index, share one panel.
    """
    published = list(
        Indicator.objects.published()
        .annotate(**totals("observation_count", "region_count"))
        .order_by("code")
    )
    data = data if data.get("indicator") else _first_comparison(data, published)
    known = {one.code: one for one in published[:INDICATORS_OFFERED]}
    asked = [known[code] for code in data.getlist("indicator") if code in known]
    series = series_of(
        Observation.objects.published().filter(indicator__in=asked[:MOST_TOGETHER])
    )
    offer = Offer(
        regions=offered_regions(series, data.getlist("region")),
        indicators=[(code, one.title) for code, one in known.items()],
        years=offered_years(series),
        periods=offered_periods(series),
        measures=offered_measures(series, {one.kind for one in asked}),
        has_marks=bool(series),
    )
    form = ChartForm(data, offer)
    points = points_of(_compared(series, form.choice))
    table = series_table(points)
    _beside_each_other(table)
    return _played(table, form)


def _first_comparison(data, published):
    """The state if no indicator is chosen: the amount with most values, as an index."""
    amounts = [one for one in published if one.kind in AMOUNTS]
    amounts.sort(key=attrgetter("observation_count"), reverse=True)
    first = _most_values(amounts, at_least=2) or _most_values(amounts, at_least=1)
    data = data.copy()
    data.setlist("indicator", [first] if first else [])
    if first:
        data.setdefault("as", Measure.INDEX)
    return data


def _most_values(amounts, at_least):
    """The code of the amount with most values to draw, of so many regions; or None.

    The totals, which contain values that cannot be drawn, say which to count: no more
    than those that may have most.
    """
    most, first = 0, None
    for amount in amounts:
        total, code = amount.observation_count, amount.code
        if total < most or (total == most and first and code > first):
            break
        if amount.region_count < at_least:
            continue
        counts = (
            Observation.objects.published()
            .filter(indicator=amount, value__isnull=False, period_start__isnull=False)
            .aggregate(count=Count("pk"), regions=Count("region", distinct=True))
        )
        is_more = (-counts["count"], code) < (-most, first or "")
        if counts["regions"] >= at_least and is_more:
            most, first = counts["count"], code
    return first


def comparison_title(table: FigureTable) -> str:
    """The compared indicators by name, in the order of their panels."""
    names = list(dict.fromkeys(column.indicator for column in table.columns))
    return sign("、").join(names) or gettext("Compare indicators")


def _compared(series, choice):
    if not series:
        return []
    every = choice.every or offered_periods(series)[0]
    series = [one for one in series if one["every"] == every]
    best = best_of_each(series)
    chosen = [one for one in best if one["region__code"] in choice.regions]
    compared = []
    for indicator in dict.fromkeys(one["indicator_id"] for one in best):
        own = [one for one in chosen or best if one["indicator_id"] == indicator]
        compared += own[:MOST_TOGETHER]
    if choice.measure == Measure.SHARE:
        above = {one["region__parent_id"] for one in compared}
        compared += [
            one for one in series if one["region_id"] in above and one not in compared
        ]
    return compared


def _beside_each_other(table):
    """One panel for each indicator, whose title precedes that of the region."""
    names = list(dict.fromkeys(column.indicator for column in table.columns))
    for column in table.columns:
        column.panel = names.index(column.indicator)
        if len(names) > 1:
            column.title = f"{column.indicator} · {column.title}"
    table.columns.sort(key=lambda column: column.panel)
    for column in table.columns:
        alone = sum(other.panel == column.panel for other in table.columns) == 1
        column.mark = "bar" if alone else "line"


def _played(whole, form):
    choice = form.choice
    table = narrowed(whole, choice)
    if choice.has_marks and form.offer.has_marks:
        seen = [column.sample for column in table.columns if column.sample is not None]
        table.dated = dated_beside(seen, _span(table))
    return PlayedChart(table, form)


def narrowed(table: FigureTable, choice: Choice) -> FigureTable:
    """The chosen columns and years, converted to the chosen measure.

    An index is computed from what is shown; a share and a change need the parent region
    and the year before, which are then left out.
    """
    if choice.measure in NEEDS_MORE:
        return _only(measured(table, choice.measure), choice)
    return measured(_only(table, choice), choice.measure)


def _only(table, choice):
    columns = [column for column in table.columns if _is_chosen(column, choice)]
    rows = [(key, label) for key, label in table.rows if _is_within(table, key, choice)]
    keys = [key for key, _label in rows]
    columns = [
        replace(column, cells={k: column.cells[k] for k in keys if k in column.cells})
        for column in columns
    ]
    columns = [column for column in columns if column.cells]
    if not any(is_drawn(column) for column in columns):
        columns = []
    kept = {key for column in columns for key in column.cells}
    rows = [(key, label) for key, label in rows if key in kept]
    is_whole = len(columns) == len(table.columns) and len(rows) == len(table.rows)
    extras = table.extras if is_whole else []
    return replace(table, rows=rows, columns=columns, extras=extras)


def is_drawn(column):
    """Whether the chart draws the column; others are only in the table."""
    return column.mark not in ("none", "label")


def _is_chosen(column, choice):
    seen = column.sample
    if seen is None:
        return True
    if choice.regions and seen.region.code not in choice.regions:
        return False
    if not choice.indicators or column.mark == "label":
        return True
    return seen.indicator.code in choice.indicators


def _is_within(table, key, choice):
    if choice.first is None and choice.last is None:
        return True
    year = year_of(table, key)
    if year is None:
        return False
    return (choice.first or year) <= year <= (choice.last or year)


def year_of(table, key):
    """The year in which the period of a row begins; None for rows without a period."""
    for column in table.columns:
        cell = column.cells.get(key)
        seen = cell and cell.observation
        if seen is not None and seen.period_start:
            return seen.period_start.year
    text = str(key)[:4]
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _years(table):
    years = {year_of(table, key) for key, _label in table.rows} - {None}
    return list(range(min(years), max(years) + 1)) if years else []


def _span(table):
    years = _years(table)
    return (years[0], years[-1]) if years else None


def _named(pairs):
    return list(dict(pairs).items())
