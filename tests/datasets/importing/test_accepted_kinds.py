"""A doubt stops the command until it is accepted; advice is only printed."""

import pytest

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.models import Observation
from tests.factories import make_indicator, make_observation, make_region, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

EXPORTS = {"indicator": "exports"}
IN_100M = {**EXPORTS, "unit": "亿元"}
LONG = "指标,地区,年份,数值,单位\n"
WIDE = "地区,2013年\n贵州,5\n"
ADVICE = {
    "above": ("贵州省2013年出口情况\n单位：亿元\n指标,数值\n出口额,5\n", {}),
    "source": (f"{WIDE}数据来源：贵州日报\n", IN_100M),
    "region_column": (",2013年\n贵州,5\n", IN_100M),
    "gap": (f"{LONG}出口额,重庆,2019,9,亿元\n", {}),
}
DOUBTFUL = {
    "own_unit": ("地区,2013年,备注\n贵州,5,金额为万元\n", IN_100M),
    "chosen": (f"{LONG}出口额,贵州,2013,5,亿元\n", {"region": "500000"}),
    "preliminary_note": ("地区,2013年,备注\n贵州,5,金额为初步数\n", IN_100M),
    "suspicious": (f"{LONG}出口额,重庆,2012,90,亿元\n", {}),
}


@pytest.fixture
def stored():
    """The series that the files continue."""
    exports = make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    chongqing = make_region(code="500000", name="重庆市")
    office = make_source(code="office", title="统计局")
    make_observation(
        indicator=exports, region=chongqing, source=office, period="2012", value="9",
        unit="CNY_100M",
    )  # fmt: skip


def imported(text, given, *accept):
    return observations.import_file(
        text.encode(),
        options=ObservationOptions(source="office", **given),
        accept=accept,
        keep_file=False,
    ).plan


def is_written():
    return Observation.objects.exclude(period="2012", value="9").exists()


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_doubt_of_any_kind_has_to_be_accepted(stored, kind):
    others = {"own_unit", "suspicious"} - {kind}

    (fault,) = imported(*DOUBTFUL[kind], *others).errors

    assert fault.kind == "doubt"
    assert fault.message.endswith(f"then import with --accept {kind}.")
    assert not is_written()
    assert list(imported(*DOUBTFUL[kind], kind, *others).errors) == []
    assert is_written()


@pytest.mark.parametrize("kind", ADVICE)
def test_advice_is_printed_and_the_file_imported(stored, kind):
    plan = imported(*ADVICE[kind])

    assert list(plan.errors) == []
    assert kind in plan.suspicious.kinds
    assert is_written()
