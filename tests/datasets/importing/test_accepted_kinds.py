"""Each doubt that the page has a tick for stops the command until it is accepted."""

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
DOUBTFUL = {
    "above": ("贵州省2013年出口情况\n单位：亿元\n指标,数值\n出口额,5\n", {}),
    "source": (f"{WIDE}数据来源：贵州日报\n", IN_100M),
    "region_column": (",2013年\n贵州,5\n", IN_100M),
    "own_unit": ("地区,2013年,备注\n贵州,5,金额为万元\n", IN_100M),
    "chosen": (f"{LONG}出口额,贵州,2013,5,亿元\n", {"region": "500000"}),
    "preliminary_note": ("地区,2013年,备注\n贵州,5,金额为初步数\n", IN_100M),
    "suspicious": (f"{LONG}出口额,重庆,2012,90,亿元\n", {}),
    "gap": (f"{LONG}出口额,重庆,2019,9,亿元\n", {}),
}


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_doubt_of_any_kind_is_asked_about(kind):
    exports = make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    chongqing = make_region(code="500000", name="重庆市")
    office = make_source(code="office", title="统计局")
    make_observation(
        indicator=exports, region=chongqing, source=office, period="2012", value="9",
        unit="CNY_100M",
    )  # fmt: skip
    text, given = DOUBTFUL[kind]

    def imported(*accept):
        outcome = observations.import_file(
            text.encode(),
            options=ObservationOptions(source="office", **given),
            accept=accept,
            keep_file=False,
        )
        return [(p.kind, p.message) for p in outcome.plan.errors]

    others = {"above", "source", "gap", "suspicious"} - {kind}
    ((told, message),) = imported(*others)
    assert told == "doubt"
    assert message.endswith(f"then import with --accept {kind}.")
    assert not Observation.objects.exclude(period="2012", value="9").exists()
    assert imported(kind, *others) == []
    assert Observation.objects.exclude(period="2012", value="9").exists()
