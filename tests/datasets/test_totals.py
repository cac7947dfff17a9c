"""The totals that lists show follow whatever is written."""

from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cbec_site.base.drafts.recycle_bin import bring_back, keep
from datasets import receivers
from datasets.importing import undo, writing
from datasets.importing.importer import observations
from datasets.models import (
    ImportBatch,
    Indicator,
    IndicatorTotals,
    Observation,
    Region,
    RegionTotals,
    Source,
    SourceTotals,
)
from datasets.models.totals import COUNTED
from datasets.receivers import after_migrate
from tests.concurrency import Pause, during
from tests.factories import (
    make_indicator,
    make_observation,
    make_region,
    make_source,
    make_user,
)
from tests.files import HEADER

MODELS = {
    "indicator": (Indicator, IndicatorTotals),
    "region": (Region, RegionTotals),
    "source": (Source, SourceTotals),
}


def counted():
    """What the values themselves say: all of them are read, one by one."""
    groups = {}
    for value in Observation.objects.select_related("indicator", "batch"):
        is_public = value.is_published and value.indicator.is_published
        if is_public or value.revisions.filter(is_published=True).exists():
            for link in MODELS:
                group = groups.setdefault((link, getattr(value, f"{link}_id")), [])
                group.append((value, is_public))
    return {key: totals_of(group) for key, group in groups.items()}


def totals_of(group):
    public = [value for value, is_public in group if is_public]
    periods = {value.period for value in public}
    days = [value.period_start for value in public if value.period]
    ends = [value.period_end for value in public if value.period]
    return {
        "observation_count": len(public),
        "indicator_count": len({value.indicator_id for value in public}),
        "region_count": len({value.region_id for value in public}),
        "period_count": len(periods),
        "dated_period_count": len(periods - {""}),
        "first": min(days, default=None),
        "last": max(ends, default=None),
        "changed_at": max(
            max(value.valid_from, value.batch.created_at)
            if value.batch
            else value.valid_from
            for value, _is_public in group
        ),
    }


def kept():
    return {
        (link, row.pop("pk")): row
        for link, (_model, totals) in MODELS.items()
        for row in totals.objects.values("pk", *COUNTED)
    }


@pytest.fixture
def value():
    """A value of 2021; one of 2022 that is like it, and others."""
    own = {
        "indicator": make_indicator(code="exports", title_zh_hans="出口"),
        "region": make_region(code="HERE"),
        "source": make_source(code="office"),
    }
    make_observation(**own)
    make_observation(period="2020", is_published=False, **own)
    make_observation(indicator=own["indicator"])
    make_observation(region=own["region"])
    make_observation(indicator=make_indicator(is_published=False), region=own["region"])
    return make_observation(period="2021", **own)


def saved(row, **changed):
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()


def published(model):
    model.objects.update(is_published=True, published_at=timezone.now())


def bulk_updated(value):
    value.is_published = False
    Observation.objects.bulk_update([value], ["is_published"])


def copy_of(value, **changed):
    names = [field.attname for field in Observation._meta.concrete_fields]
    own = {name: getattr(value, name) for name in names if name != "id"}
    copy = Observation(**own | {"period": "2023", "code": ""} | changed)
    copy.set_bounds()
    return copy


def imported(value, period="2019-Q1"):
    file = HEADER + f"exports,HERE,{period},,7,亿元,office\n"
    observations.import_file(file.encode(), keep_file=False)


def undone(value):
    imported(value)
    observations.undo(ImportBatch.objects.latest("pk"))


def changed_and_undone(value):
    imported(value, period=value.period)
    observations.undo(ImportBatch.objects.latest("pk"))


def brought_back(value):
    user = make_user()
    former = keep(value, user)
    value.delete()
    bring_back(former, user)


# The ways in which values and what they belong to are written.
DOORS = {
    "nothing": lambda value: None,
    "value saved": lambda value: saved(value, value=9),
    "other period": lambda value: saved(value, period="2018"),
    "no period": lambda value: saved(value, period=""),
    "other region": lambda value: saved(value, region=make_region()),
    "other indicator": lambda value: saved(value, indicator=make_indicator()),
    "other source": lambda value: saved(value, source=make_source()),
    "value withdrawn": lambda value: saved(value, is_published=False),
    "drafts published": lambda value: published(Observation),
    "values moved": lambda value: Observation.objects.update(source=value.source),
    "values withdrawn": lambda value: Observation.objects.update(is_published=False),
    "values updated in bulk": bulk_updated,
    "value created": lambda value: copy_of(value, region=make_region()).save(),
    "values created": lambda value: Observation.objects.bulk_create([copy_of(value)]),
    "value deleted": lambda value: value.delete(),
    "values deleted": lambda value: value.indicator.observations.all().delete(),
    "all deleted": lambda value: Observation.objects.all().delete(),
    "brought back": brought_back,
    "indicator withdrawn": lambda value: saved(value.indicator, is_published=False),
    "indicators withdrawn": lambda value: Indicator.objects.update(is_published=False),
    "indicators published": lambda value: published(Indicator),
    "imported": imported,
    "changed by an import": lambda value: imported(value, period=value.period),
    "import undone": undone,
    "changes undone": changed_and_undone,
}


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_totals_follow_whatever_is_written(value, door):
    DOORS[door](Observation.objects.get(pk=value.pk))

    assert kept() == counted()


@pytest.mark.django_db
@pytest.mark.parametrize("door", [imported, undone, changed_and_undone])
def test_totals_follow_imports_too_long_to_list(value, door, monkeypatch):
    for module in (undo, writing):
        monkeypatch.setattr(module, "FOLLOWED_ONE_BY_ONE", 0)

    door(value)

    assert kept() == counted()


@pytest.mark.django_db
def test_an_unchanged_value_is_not_counted_again(value):
    with connection.execute_wrapper(refuse_totals):
        value.save()


def refuse_totals(execute, sql, params, many, context):
    assert "totals" not in sql
    return execute(sql, params, many, context)


def test_of_two_writers_the_later_counts_the_values_of_both(shared_site, monkeypatch):
    region, source = Region.objects.get(code="R0"), Source.objects.get(code="office")
    first, second = (
        partial(
            make_observation, period="2060", indicator=i, region=region, source=source
        )
        for i in Indicator.objects.all()
    )
    pause = Pause(receivers.write_totals, after=True)
    monkeypatch.setattr(receivers, "write_totals", pause)

    during(pause, first, second)

    assert kept() == counted()
    assert region.totals.indicator_count == 2


@pytest.mark.django_db
@pytest.mark.parametrize("rebuild", ["migrate", "rebuild_totals"])
def test_totals_are_written_again(value, rebuild):
    before = kept()
    if rebuild == "migrate":
        for _model, totals in MODELS.values():
            totals.objects.all().delete()
        after_migrate(None)
    else:
        # As after SQL.
        RegionTotals.objects.update(observation_count=77, changed_at=None)
        SourceTotals.objects.all().delete()
        call_command(rebuild)

    assert kept() == before == counted()


def refuse_values(execute, sql, params, many, context):
    assert '"datasets_observation"' not in sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/en/datasets/regions/",
        "/en/datasets/sources/",
        "/api/v1/regions",
        "/api/v1/sources",
        "/api/v1/indicators",
        "/sitemap.xml",
        "/sitemap-regions.xml",
        "/sitemap-sources.xml",
        "/sitemap-indicators.xml",
    ],
)
def test_lists_of_what_has_values_read_no_value(client, value, address):
    with connection.execute_wrapper(refuse_values):
        response = client.get(address)
        assert response.status_code == 200 and response.getvalue()


def refuse_to_count(execute, sql, params, many, context):
    is_count = sql.startswith("SELECT COUNT(*)")
    assert not is_count or '"datasets_observation"' not in sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_values_are_not_counted_to_be_listed(client, value):
    with connection.execute_wrapper(refuse_to_count):
        places = [
            client.get(value.region.get_absolute_url()),
            client.get(value.source.get_absolute_url()),
        ]
        every = client.get("/api/v1/observations").json()

    of_region, of_source = (
        page.context_data["table"].page.paginator.count for page in places
    )
    assert (of_region, of_source, every["count"]) == (3, 2, 4)
    assert client.get("/api/v1/observations?region=HERE").json()["count"] == 3
