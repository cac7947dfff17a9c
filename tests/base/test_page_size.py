"""No page of a list is larger than the bound or counts without end."""

from urllib.parse import urlencode

import pytest
from django.core.signing import Signer

from cbec_site.base import listing
from cbec_site.base.search_index import finding
from tests.factories import make_claim

BOUND = 12_000


def pages(client, address, relation):
    found = []
    while address:
        response = client.get(address)
        found.append((len(response.content), response.json()))
        address = found[-1][1][relation]
        is_linked = f'rel="{relation}"' in response["Link"]
        assert is_linked == (address is not None)
    return found


@pytest.mark.django_db
def test_page_of_long_texts_ends_early_and_leads_on(client, monkeypatch):
    for number in range(12):
        make_claim(statement_zh_hans="长" * (1 + 700 * (number % 4)))
    address = "/api/v1/claims?limit=1000"
    whole = client.get(address)
    codes = [row["code"] for row in whole.json()["results"]]
    assert len(whole.content) > BOUND
    monkeypatch.setattr(listing, "MOST_BYTES", BOUND)

    there = pages(client, address, "next")
    back = pages(client, there[-1][1]["previous"], "previous")

    assert len(there) > 2
    assert all(size <= BOUND for size, _page in there + back)
    assert [r["code"] for _s, page in there for r in page["results"]] == codes
    last = len(there[-1][1]["results"])
    backward = [r["code"] for _s, page in reversed(back) for r in page["results"]]
    assert backward == codes[:-last]
    assert {page["count"] for _size, page in there + back} == {12}


@pytest.mark.django_db
def test_row_that_is_larger_alone_is_a_page_of_its_own(client, monkeypatch):
    for _number in range(3):
        make_claim(statement_zh_hans="长" * 700)
    monkeypatch.setattr(listing, "MOST_BYTES", 1_000)

    there = pages(client, "/api/v1/claims", "next")

    assert [len(page["results"]) for _size, page in there] == [1, 1, 1]


@pytest.mark.django_db
def test_hits_of_a_search_are_counted_up_to_a_limit_and_all_are_reached(
    client, monkeypatch
):
    for _number in range(5):
        make_claim(statement_zh_hans="贵州出口增长")
    address = "/api/v1/claims?limit=2&q=贵州"
    exact = pages(client, address, "next")
    monkeypatch.setattr(finding, "MOST", 3)

    there = pages(client, address, "next")
    everything = client.get("/api/v1/claims").json()

    assert counts(exact) == {(5, False)}
    assert counts(there) == {(3, True)}
    assert len({row["code"] for _s, page in there for row in page["results"]}) == 5
    assert (everything["count"], everything["count_is_capped"]) == (5, False)


@pytest.mark.django_db
def test_address_given_out_before_counts_had_a_limit_still_leads_on(client):
    codes = sorted(make_claim(statement_zh_hans="贵州出口增长").code for _ in range(3))
    asked = urlencode([("q", "贵州")])
    token = Signer(salt=f"paging:claims?{asked}").sign_object([codes[:1], False, 3])

    body = client.get("/api/v1/claims", {"q": "贵州", "cursor": token}).json()

    assert [row["code"] for row in body["results"]] == codes[1:]
    assert (body["count"], body["count_is_capped"]) == (3, False)


def counts(found):
    return {(page["count"], page["count_is_capped"]) for _size, page in found}
