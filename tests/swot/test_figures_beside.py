"""An analysis has its own figures; each is shown beside the entry that uses it."""

from importlib import import_module
from operator import attrgetter
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ProtectedError

from datasets.charts import figure_table
from datasets.dependents import is_figure_used
from swot.figures import figures_beside, figures_of
from swot.models import Evidence
from tests.factories import (
    make_analysis,
    make_entry,
    make_figure,
    make_observation,
)

pytestmark = pytest.mark.django_db
link_figures = import_module(
    "swot.migrations.0027_figures_of_the_only_analysis"
).link_figures


def test_analysis_has_its_own_figures_in_its_order():
    first, second = make_analysis(), make_analysis()
    one, two, other = make_figure(), make_figure(), make_figure()
    make_figure()
    for analysis, figure, position in (
        (first, two, 0),
        (first, one, 1),
        (second, other, 0),
        (second, one, 1),
    ):
        analysis.figure_links.create(figure=figure, position=position)

    assert list(figures_of(first)) == [two, one]
    assert list(figures_of(second)) == [other, one]


def test_figures_of_no_analysis_are_on_the_page_of_the_only_one():
    analysis, draft = make_analysis(), make_analysis(is_published=False)
    last, free, secret = make_figure(), make_figure(), make_figure(is_published=False)
    taken = make_figure()
    analysis.figure_links.create(figure=last, position=7)
    analysis.figure_links.create(figure=secret)
    draft.figure_links.create(figure=taken)

    assert list(figures_of(analysis)) == [last, free]


def test_figure_is_not_deleted_while_an_analysis_has_it():
    analysis, figure = make_analysis(), make_figure()
    analysis.figure_links.create(figure=figure)

    with pytest.raises(ProtectedError) as refusal:
        figure.delete()

    assert list(refusal.value.protected_objects) == [analysis]


@pytest.mark.parametrize("count", [1, 2])
def test_existing_figures_go_to_the_only_analysis(count):
    analyses = [make_analysis(is_published=False) for _ in range(count)]
    figures = sorted((make_figure(), make_figure()), key=attrgetter("number"))

    link_figures(apps, SimpleNamespace(connection=connection))

    linked = analyses[0].figure_links.values_list("figure", "position")
    expected = [(figure.pk, place) for place, figure in enumerate(figures)]
    assert list(linked) == (expected if count == 1 else [])


def figure_of(*observations):
    figure = make_figure()
    for position, observation in enumerate(observations):
        figure.points.create(observation=observation, role="paper", position=position)
    return figure, figure_table(figure)


@pytest.fixture
def entries():
    analysis = make_analysis()
    return [make_entry(analysis=analysis, code=code) for code in ("S1", "S2", "S3")]


def rests_on(entry, **target):
    Evidence.objects.create(entry=entry, role="context", **target)


def test_figure_goes_to_the_entry_that_rests_on_most_of_its_values(entries):
    values = [make_observation() for _ in range(3)]
    rests_on(entries[0], observation=values[0])
    rests_on(entries[1], observation=values[0])
    rests_on(entries[1], observation=values[1])
    pair = figure_of(*values)

    beside, others = figures_beside(entries, [pair])

    assert beside == {entries[0].pk: [], entries[1].pk: [pair], entries[2].pk: []}
    assert others == []


def test_entry_that_names_the_figure_comes_before_one_that_has_its_values(entries):
    value = make_observation()
    pair = figure_of(value)
    rests_on(entries[0], observation=value)
    rests_on(entries[2], figure=pair[0])

    beside, _others = figures_beside(entries, [pair])

    assert beside[entries[2].pk] == [pair]


def test_figure_goes_to_the_first_of_equals_and_unused_ones_are_apart(entries):
    value = make_observation()
    shared, apart = figure_of(value), figure_of(make_observation())
    for entry in entries[1:]:
        rests_on(entry, observation=value)

    beside, others = figures_beside(entries, [shared, apart])

    assert beside[entries[1].pk] == [shared]
    assert others == [apart]


def test_figures_without_entries_have_no_place():
    pair = figure_of(make_observation())

    assert figures_beside([], [pair]) == ({}, [pair])


def test_queries_do_not_grow(entries, django_assert_num_queries):
    values = [make_observation() for _ in range(4)]
    for value in values:
        rests_on(entries[0], observation=value)
    pairs = [figure_of(value) for value in values]

    with django_assert_num_queries(2):
        figures_beside(entries, pairs)


def test_figure_is_used_by_public_entries_that_name_it():
    value = make_observation()
    figure, other = make_figure([value]), make_figure([value])
    entry = make_entry(is_published=False)
    Evidence.objects.create(entry=entry, figure=figure)
    assert not is_figure_used(figure)

    entry.is_published = True
    entry.save()

    assert is_figure_used(figure)
    assert not is_figure_used(other)
