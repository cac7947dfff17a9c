"""Words one letter away, looked for only if nothing is found."""

import pytest

from cbec_site.base.search_index.near import is_near, near_terms
from policies.models import Policy
from tests.factories import make_policy


@pytest.mark.parametrize(
    "mistake",
    ["shiping", "shippping", "shippihg", "hsipping", "shippign", "shippin", "hipping"],
)
def test_one_letter_is_near(mistake):
    assert is_near(mistake, "shipping")
    assert is_near("shipping", mistake)


@pytest.mark.parametrize(
    "other", ["shipping", "shpping1x", "hsippign", "shops", "", "shippingxy", "ipping"]
)
def test_nothing_or_two_letters_are_not_near(other):
    assert not is_near(other, "shipping")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["shiping"], ["shipping"]),
        (["hsipping"], ["shipping"]),
        (["shippimg", "rulez"], ["shipping", "rules"]),
        (["bordr"], ["border"]),
        (["crosborder"], ["crossborder"]),
        (["trde"], ["trade"]),
        # Words that are there, other scripts, numbers and short words stay.
        (["shipping"], []),
        (["shipp"], []),
        (["贵州省"], []),
        (["202l"], []),
        (["ruls"], ["rules"]),
        (["rul"], []),
        (["zzzzz"], []),
    ],
)
def test_near_terms(typed, meant):
    make_policy(title_en="Shipping rules for cross-border trade")
    make_policy(title_en="Shipping by sea")
    make_policy(title_en="Zzzzy", is_published=False)

    assert near_terms([Policy.objects.published()], typed) == meant


@pytest.mark.django_db
def test_the_more_frequent_word_is_suggested_first():
    for title in ("Ports", "Posts and more posts", "Posts of the year"):
        make_policy(title_en=title)

    assert near_terms([Policy.objects.published()], ["poets"]) == ["posts"]
