"""Regions within regions: to a limited depth, and never in a circle."""

import pytest
from django.core.exceptions import ValidationError

from datasets.models import Region
from tests.factories import make_observation, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def chain(length):
    """Regions each of which lies in the one before."""
    regions = [make_region()]
    while len(regions) < length:
        regions.append(make_region(parent=regions[-1]))
    return regions


def refusal(region):
    with pytest.raises(ValidationError) as error:
        region.full_clean()
    return error.value.message_dict


def test_innermost_region_makes_all_around_it_public():
    regions = chain(Region.MOST_LEVELS)
    make_observation(region=regions[-1])

    assert set(Region.objects.published()) == set(regions)
    for region in regions:
        region.full_clean()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_region_is_not_part_of_itself(place):
    regions = chain(3)
    regions[0].parent = regions[place]

    assert refusal(regions[0]) == {"parent": ["A region cannot be part of itself."]}


@pytest.mark.parametrize("inner", range(1, 5))
def test_too_deep_a_chain_is_refused_wherever_it_is_joined(inner):
    outer, parts = chain(Region.MOST_LEVELS + 1 - inner), chain(inner)
    parts[0].parent = outer[-1]

    assert refusal(parts[0]) == {
        "parent": ["Regions can be nested at most 5 levels deep."]
    }


def test_a_chain_of_the_greatest_depth_may_be_joined():
    outer, parts = chain(Region.MOST_LEVELS - 2), chain(2)
    parts[0].parent = outer[-1]

    parts[0].full_clean()
