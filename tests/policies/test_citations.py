import datetime

import pytest
from django.utils.translation import override

from policies.citations import plain_citation, policy_citation, shortened
from tests.factories import make_issuer, make_policy

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/1"


def make_reply(**given):
    return make_policy(
        [make_issuer(name_zh_hans="国务院", name_en="State Council")],
        title_zh_hans="关于同意的批复",
        title_en="Reply",
        document_number="国函〔2020〕47号",
        published_on=datetime.date(2020, 5, 6),
        published_precision="day",
        **given,
    )


def gbt(policy):
    return policy_citation(policy, address=ADDRESS, cited_on=datetime.date(2024, 2, 1))


def test_citation_follows_the_standard():
    assert gbt(make_reply(is_number_confirmed=True)) == (
        "国务院. 关于同意的批复: 国函〔2020〕47号[A/OL]. "
        "(2020-05-06)[2024-02-01]. https://example.org/1."
    )


def test_citation_leaves_out_an_unconfirmed_number():
    assert gbt(make_reply()) == (
        "国务院. 关于同意的批复[A/OL]. (2020-05-06)[2024-02-01]. https://example.org/1."
    )


def test_citation_without_bodies_and_date():
    policy = make_policy(
        title_zh_hans="政策", published_on=None, published_precision=""
    )

    assert gbt(policy) == "政策[A/OL]. [2024-02-01]. https://example.org/1."


@pytest.mark.parametrize(("confirmed", "dated"), [(True, "(2019-01)"), (False, "")])
def test_policy_without_publication_date_is_cited_by_its_date_of_writing(
    confirmed, dated
):
    policy = make_policy(
        title_zh_hans="政策", published_on=None, published_precision="",
        written_on=datetime.date(2019, 1, 1), written_precision="month",
        is_written_confirmed=confirmed,
    )  # fmt: skip

    assert gbt(policy) == f"政策[A/OL]. {dated}[2024-02-01]. https://example.org/1."


def test_plain_citation_in_english():
    with override("en"):
        cited = plain_citation(make_reply(is_number_confirmed=True), address=ADDRESS)

    assert cited == (
        "State Council, Reply, 国函〔2020〕47号, 6 May 2020, https://example.org/1"
    )


def test_plain_citation_in_chinese():
    with override("zh-hans"):
        cited = plain_citation(make_reply(), address=ADDRESS)

    assert cited == "国务院，关于同意的批复，2020年5月6日，https://example.org/1"


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh-hans", "甲、乙、丙等，"), ("en", "Jia, Yi, Bing, et al., ")],
)
def test_plain_citation_names_three_bodies(language, names):
    bodies = zip("甲乙丙丁", ("Jia", "Yi", "Bing", "Ding"), strict=True)
    policy = make_policy([make_issuer(name_zh_hans=z, name_en=e) for z, e in bodies])

    with override(language):
        assert plain_citation(policy, address=ADDRESS).startswith(names)


def test_shortened_names_three():
    assert shortened(["A", "B", "C", "D"], "et al.") == "A, B, C, et al."


def test_shortened_keeps_three():
    assert shortened(["A", "B", "C"], "et al.") == "A, B, C"


def test_page_of_an_act_opens_no_second_citation(client):
    policy = make_policy()

    page = client.get(policy.get_absolute_url()).content.decode()

    assert '<details class="citation">' in page
    assert '<details class="citation" open>' not in page
