import datetime
import json
import re

import pytest

from policies.linked_data import legislation
from tests.factories import make_issuer, make_policy, make_policy_event, make_topic

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 4, 27)


def test_legislation_says_what_is_confirmed():
    policy = make_policy(
        [make_issuer(name_zh_hans="国务院")],
        [make_topic(name_zh_hans="综合试验区")],
        title_zh_hans="批复",
        title_en="Reply",
        summary_zh_hans="同意设立",
        document_number="国函〔2020〕47号",
        is_number_confirmed=True,
        written_on=DAY,
        written_precision="day",
        is_written_confirmed=True,
        published_on=datetime.date(2020, 5, 1),
        published_precision="month",
        source_url="https://www.gov.cn/reply",
    )

    assert legislation(policy, address="https://site/P1/") == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "url": "https://site/P1/",
        "name": "批复",
        "alternateName": "Reply",
        "inLanguage": "zh-Hans",
        "legislationIdentifier": "国函〔2020〕47号",
        "legislationDate": "2020-04-27",
        "datePublished": "2020-05",
        "legislationPassedBy": [{"@type": "Organization", "name": "国务院"}],
        "about": ["综合试验区"],
        "abstract": "同意设立",
        "sameAs": "https://www.gov.cn/reply",
        "legislationLegalForce": "https://schema.org/InForce",
    }


def test_legislation_leaves_out_what_is_not_confirmed():
    policy = make_policy(
        document_number="国函〔2020〕47号",
        written_on=DAY,
        written_precision="day",
        status="unknown",
    )

    data = legislation(policy, address="https://site/P1/")

    assert not {
        "legislationIdentifier",
        "legislationDate",
        "legislationLegalForce",
        "legislationPassedBy",
        "sameAs",
    } & set(data)


@pytest.mark.parametrize(
    ("status", "force"), [("in_force", "InForce"), ("expired", "NotInForce")]
)
def test_legislation_states_its_force(status, force):
    data = legislation(make_policy(status=status), address="")

    assert data["legislationLegalForce"] == f"https://schema.org/{force}"


def test_page_carries_the_data_safely(client):
    policy = make_policy(title_zh_hans='</script><b>"&')

    content = client.get(f"/en/policies/{policy.code}/").content.decode()
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL
    )

    (act,) = [b for b in map(json.loads, blocks) if b["@type"] == "Legislation"]
    assert act["name"] == '</script><b>"&'


def test_relations_and_kind_are_in_the_data():
    other = make_policy(code="B1")
    policy = make_policy(code="B2", kind="notice")
    policy.relations.create(kind="amends", other=other)
    policy.relations.create(kind="repeals", other_name="黔府发〔2015〕28号")
    policy.relations.create(kind="implements", other_name="x", confidence="recalled")

    data = legislation(policy, address=f"https://site{policy.get_absolute_url()}")

    assert data["legislationChanges"] == [
        {"@type": "Legislation", "url": f"https://site{other.get_absolute_url()}"}
    ]
    assert data["legislationRepeals"] == [
        {"@type": "Legislation", "name": "黔府发〔2015〕28号"}
    ]
    assert data["legislationType"]
    assert "legislationApplies" not in data


def test_page_has_the_eli_properties_that_fit(client):
    policy = make_policy(
        document_number="国函〔2020〕47号", is_number_confirmed=True, status="in_force"
    )
    make_policy_event(policy, "effective", "2020-05-06")
    make_policy_event(policy, "expired", "2020-12-31")

    html = client.get(f"/en/policies/{policy.code}/").content.decode()

    found = dict(re.findall(r'property="eli:(\w+)" content="([^"]*)"', html))
    assert found["id_local"] == "国函〔2020〕47号"
    assert found["first_date_entry_in_force"] == "2020-05-06"
    assert found["date_no_longer_in_force"] == "2020-12-31"
    assert found["in_force"] == "notInForce"
    assert "date_document" not in found
