import datetime
import re

import pytest
from django.urls import reverse

from tests.factories import make_region, make_zone
from tests.sample_site import text_of

pytestmark = pytest.mark.django_db


def zones(client, query=""):
    response = client.get(f"/en/policies/pilot-zones/{query}")
    assert response.status_code == 200
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_zone_list_goes_batch_by_batch(client):
    for code, batch in (("c", 2), ("a", 3), ("b", 2), ("d", 1)):
        make_zone(code=code, batch=batch)

    assert zones(client) == ["d", "b", "c", "a"]


def test_zone_list_filters_by_batch(client):
    make_zone(code="a", batch=1)
    make_zone(code="b", batch=2)

    assert zones(client, "?batch=2") == ["b"]


def test_zone_list_filters_by_province(client):
    province = make_region(code="520000", kind="province")
    city = make_region(kind="city", parent=province)
    make_zone(code="inside", region=city)
    make_zone(code="itself", region=province)
    make_zone(code="outside")

    assert zones(client, "?region=520000") == ["inside", "itself"]


def test_zone_list_pages_by_twenty_five(client):
    region = make_region()
    for number in range(26):
        make_zone(code=f"zone-{number:02}", region=region)

    assert len(zones(client)) == 25
    assert zones(client, "?page=2") == ["zone-25"]


def test_zone_list_shows_place_province_and_month(client):
    province = make_region(name="Guizhou", kind="province")
    make_zone(region=make_region(name="Guiyang", kind="city", parent=province))

    text = text_of(client.get("/en/policies/pilot-zones/"))

    assert "Guiyang 3 Guizhou July 2018 — —" in text


def test_only_zones_that_ended_say_so(client):
    place = make_region(name="Haikou", kind="city")
    ended = {"ended_on": datetime.date(2025, 4, 1), "ended_precision": "month"}
    make_zone(code="a", region=place, **ended)
    make_zone(code="b")

    page = client.get("/en/policies/pilot-zones/")

    assert "Haikou ended April 2025" in text_of(page)
    shown = re.findall(r">\s*(ended[^<]*)<", page.content.decode(), re.IGNORECASE)
    assert shown == ["ended April 2025"]
    assert zones(client, "?sort=-ended")[0] == "a"


def test_zone_list_hides_unconfirmed_numbers(client):
    make_zone(document_number="国函〔2018〕93号", is_number_confirmed=True)
    make_zone(document_number="国函〔2016〕17号", is_number_confirmed=False)

    text = text_of(client.get("/en/policies/pilot-zones/"))

    assert "93号" in text
    assert "17号" not in text


def test_zone_list_counts_the_zones_of_each_batch(client):
    for batch in (1, 2, 2):
        make_zone(batch=batch)
    make_zone(batch=2, is_published=False)

    text = text_of(client.get("/en/policies/pilot-zones/"))

    assert "Batch 1 1 zone, 2018 Batch 2 2 zones, 2018" in text


def test_zone_list_links_to_the_same_rows_as_data(client):
    province = make_region(code="520000", kind="province")
    make_zone(code="a", batch=2, region=make_region(parent=province))
    make_zone(code="b", batch=2)

    response = client.get("/en/policies/pilot-zones/?batch=2&region=520000")
    data = client.get(f"/api/v1/pilot-zones{response.context['downloads']}").json()

    assert [row["code"] for row in data["results"]] == ["a"]


@pytest.mark.parametrize(
    ("approved", "ended", "is_told"),
    [
        ("2025-04", "2024", True),
        ("2025-04-15", "2025-04-14", True),
        ("2025-04-15", "2025-04-15", False),
        # Known to the year, it may have ended after its beginning.
        ("2025-04", "2025", False),
        ("2025-04-15", "2025-04", False),
        ("2025-04", "", False),
    ],
)
def test_a_zone_does_not_end_before_it_begins(admin_client, approved, ended, is_told):
    zone = make_zone(code="a")
    address = f"/admin/policies/pilotzone/{zone.pk}/change/"
    form = admin_client.get(address).context["adminform"].form

    data = {"approved_on": approved, "ended_on": ended, "code": "a", "batch": 1}
    bound = type(form)(data | {"region": zone.region_id}, instance=zone)

    assert bool(bound.errors.get("ended_on")) == is_told, bound.errors


def test_publishing_a_zone_shows_the_way_to_it(admin_client):
    province = make_region(code="520000", kind="province")
    zone = make_zone(code="a", region=make_region(kind="city", parent=province))
    address = f"/admin/policies/pilotzone/{zone.pk}/change/"
    data = {"code": "a", "region": zone.region_id, "batch": 3, "approved_on": "2018-07"}

    told = admin_client.post(address, data | {"_publish": "1"}, follow=True)

    assert "/policies/pilot-zones/?region=520000" in told.content.decode()


def test_the_preview_of_a_zone_is_the_list_that_shows_it(admin_client):
    province = make_region(code="520000", kind="province", name="Guizhou")
    zone = make_zone(code="a", region=make_region(parent=province, kind="city"))
    make_zone(code="elsewhere", region=make_region(name="Far away", kind="city"))
    query = {"kind": "policies.pilotzone", "row": zone.pk, "language": "en"}

    words = text_of(admin_client.get(reverse("admin:drafts_preview_row"), query))

    assert "1 pilot zone" in words
    assert "Far away" not in words
