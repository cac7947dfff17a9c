"""A figure stands beside the entry that argues from it, and nowhere twice."""

import pytest

from datasets.charts import figure_table
from swot.figures import figures_beside
from swot.models import Evidence
from tests.factories import (
    make_analysis,
    make_entry,
    make_figure,
    make_observation,
)

pytestmark = pytest.mark.django_db


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


def test_of_equals_the_first_has_it_and_what_nobody_argues_from_stands_apart(entries):
    value = make_observation()
    shared, apart = figure_of(value), figure_of(make_observation())
    for entry in entries[1:]:
        rests_on(entry, observation=value)

    beside, others = figures_beside(entries, [shared, apart])

    assert beside[entries[1].pk] == [shared]
    assert others == [apart]


def test_no_entries_no_places():
    pair = figure_of(make_observation())

    assert figures_beside([], [pair]) == ({}, [pair])


def test_queries_do_not_grow(entries, django_assert_num_queries):
    values = [make_observation() for _ in range(4)]
    for value in values:
        rests_on(entries[0], observation=value)
    pairs = [figure_of(value) for value in values]

    with django_assert_num_queries(2):
        figures_beside(entries, pairs)
