"""A line with several faults has them all named, each at its cell."""

import pytest

from policies.importing.importer import policies as policy_importer
from policies.importing.plan import PolicyOptions
from policies.models import Policy
from tests.factories import make_issuer, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NO_SOURCE = "why neither address nor text"
HEADINGS = "code,title_zh_hans,level,issuers,written,source_url"


@pytest.fixture(autouse=True)
def bodies():
    make_issuer(code="com", name="省商务厅")


def plan(*rows, headings=HEADINGS, **options):
    text = "\n".join((headings, *rows)) + "\n"
    return policy_importer.plan(text.encode(), options=PolicyOptions(**options))


def named(found):
    return sorted((fault.column, fault.value, fault.kind) for fault in found.errors)


def test_every_cell_at_fault_is_named():
    found = plan("N1,关于试点的通知,村级,省经信厅,去年,ftp://example.org")

    assert [(column, value) for column, value, _kind in named(found)] == [
        ("date written", "去年"),
        ("issuing bodies", "省经信厅"),
        ("level", "村级"),
        ("official page", "ftp://example.org"),
    ]


def test_cell_that_cannot_be_read_does_not_hide_the_other_cells():
    found = plan("N1,关于\u202e试点的通知,村级,省经信厅,2021,")

    assert [(column, kind) for column, _value, kind in named(found)] == [
        ("issuing bodies", "unknown_name"),
        ("level", "invalid"),
        ("title_zh_hans", "cells"),
    ]


def test_missing_code_is_named_beside_other_faults_and_a_wrong_one_is_not_missing():
    assert [(column, kind) for column, _v, kind in named(plan(",通知,村级,,,"))] == [
        ("code", "missing"),
        ("level", "invalid"),
    ]
    wrong = named(plan("一号,通知,村级,,,"))
    assert [(column, kind) for column, _v, kind in wrong] == [
        ("code", "invalid"),
        ("level", "invalid"),
    ]


def test_every_unknown_body_of_a_cell_is_named_and_can_be_mapped():
    found = plan("N1,关于试点的通知,省级,省经信厅；省商务厅；省外办、省工信局,,")

    assert found.unknown_names == {
        "issuer": {"省经信厅": 1, "省外办": 1, "省工信局": 1}
    }
    assert [fault.message.split("“")[1].split("”")[0] for fault in found.errors] == [
        "省经信厅",
        "省外办",
        "省工信局",
    ]


def test_what_is_missing_is_named_together_and_not_where_a_cell_is_only_wrong():
    found = plan("N1,,,,2021,", publish=True)
    assert [(column, kind) for column, _v, kind in named(found)] == [
        ("level", "missing"),
        ("title (Chinese)", "missing"),
        (NO_SOURCE, "missing"),
    ]

    found = plan("N1,通知,省级,,,ftp://example.org", publish=True)
    assert [column for column, _v, _kind in named(found)] == ["official page"]


def test_stored_policy_is_not_changed_by_a_line_with_a_cell_that_cannot_be_read():
    policy = make_policy(code="N1", title_zh_hans="旧")
    found = plan("N1,新\u202e,省级,,,")

    assert [kind for _column, _value, kind in named(found)] == ["cells"]
    assert not found.is_clean
    assert Policy.objects.get(pk=policy.pk).title_zh_hans == "旧"
