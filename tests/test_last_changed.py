"""The moment at which sitemaps say that a page last changed."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cbec_site.base.dates import machine_time
from cbec_site.sitemaps import SITEMAPS
from datasets.models import Observation, Revision
from swot.models import Recommendation, VerdictChange
from tests.factories import (
    make_claim,
    make_correction,
    make_entry,
    make_figure,
    make_observation,
    make_page,
    make_policy,
    make_policy_event,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BEFORE = NOW - datetime.timedelta(days=60)
AFTER = NOW - datetime.timedelta(days=10)
URL = re.compile(r"<url><loc>http://testserver/(zh-hans|en)(.*?)</loc>(.*?)<xhtml")


def said(client):
    """{address: lastmod element} from the sitemaps, for pages that are not lists."""
    told = {}
    for section in SITEMAPS.keys() - {"lists"}:
        text = b"".join(client.get(f"/sitemap-{section}.xml")).decode()
        for language, address, moment in URL.findall(text):
            # Both languages are one page.
            assert told.setdefault(address, moment) == moment, language
    return told


def age():
    """Set every timestamp to a moment long ago."""
    for app in ("cbec_site", "datasets", "policies", "swot"):
        for model in apps.get_app_config(app).get_models():
            names = [
                field.name
                for field in model._meta.fields
                if isinstance(field, models.DateTimeField)
            ]
            if names and model._meta.model_name != "contentversion":
                rows = model._base_manager.all()
                if "published_at" in names:
                    rows = rows.filter(published_at__isnull=False)
                rows.update(**dict.fromkeys(names, BEFORE))


class Study:
    """A study with one value and one page of each kind."""

    def __init__(self):
        self.value = make_observation("33.22")
        self.claim = make_claim([self.value])
        self.entry = make_entry()
        self.entry.evidence.create(claim=self.claim)
        self.analysis = self.entry.analysis
        self.advice = make_recommendation(
            observations=[self.value], analysis=self.analysis
        )
        self.figure = make_figure([self.value])
        self.policy = make_policy()
        self.page = make_page()

    @property
    def series(self):
        return [self.value.indicator, self.value.region, self.value.source]


@pytest.fixture
def studies():
    made = Study(), Study()
    age()
    return made


@pytest.fixture
def moved(client):
    """A function that returns the pages with a newer date than all had before."""

    def look():
        old = f"<lastmod>{machine_time(BEFORE)}</lastmod>"
        return {page: said for page, said in said(client).items() if said != old}

    return look


def addresses(*things):
    return {re.sub("^/(zh-hans|en)", "", each.get_absolute_url()) for each in things}


def test_every_record_says_when_it_changed(client, studies, moved):
    things = [
        thing
        for study in studies
        for thing in (*vars(study).values(), *study.series)
        if not isinstance(thing, Observation)
    ]

    assert len({type(thing) for thing in things}) == len(SITEMAPS) - 1
    assert said(client).keys() >= addresses(*things)
    assert moved() == {}


@pytest.mark.parametrize("name", ["policy", "page", "figure", "claim", "analysis"])
def test_edit_updates_the_date_of_its_page_only(studies, moved, name):
    thing = getattr(studies[0], name)
    thing.save()

    told = moved()

    assert told.keys() == addresses(thing)
    moment = machine_time(thing.history.first().history_date)
    assert told.popitem()[1] == f"<lastmod>{moment}</lastmod>"


def test_edit_of_a_part_updates_the_date_of_the_study_too(studies, moved):
    study = studies[0]

    study.advice.save()

    assert moved().keys() == addresses(study.advice, study.analysis)


def test_changed_value_updates_the_date_of_every_page_that_shows_it(studies, moved):
    study = studies[0]
    Observation.objects.filter(pk=study.value.pk).update(value=34, valid_from=AFTER)

    told = moved()

    assert told.keys() == addresses(
        *study.series, study.figure, study.claim, study.entry, study.advice
    ) | addresses(study.analysis)
    assert set(told.values()) == {f"<lastmod>{machine_time(AFTER)}</lastmod>"}


def test_withdrawn_value_updates_the_date_of_its_page_and_a_draft_does_not(
    studies, moved
):
    draft = make_observation(indicator=studies[1].value.indicator, is_published=False)
    withdrawn = make_observation(indicator=studies[0].value.indicator)
    age()
    Observation.objects.filter(pk=draft.pk).update(valid_from=AFTER)
    Revision.of(withdrawn, ended_at=AFTER).save()
    Observation.objects.filter(pk=withdrawn.pk).update(
        is_published=False, valid_from=AFTER
    )

    assert moved().keys() == addresses(studies[0].value.indicator)


def test_value_dated_back_changes_its_page_when_it_is_imported(studies, moved):
    value = studies[0].value
    batch = value.indicator.observations.model.batch.field.related_model
    imported = batch.objects.create(file_name="values.csv")
    batch.objects.filter(pk=imported.pk).update(created_at=AFTER)
    Observation.objects.filter(pk=value.pk).update(batch=imported)

    told = moved()[addresses(value.indicator).pop()]

    assert told == f"<lastmod>{machine_time(AFTER)}</lastmod>"


def test_changed_verdict_updates_the_dates_of_the_claim_and_its_uses(studies, moved):
    study = studies[0]
    VerdictChange.objects.create(
        claim=study.claim, old_verdict="supported", new_verdict="contradicted"
    )

    assert moved().keys() == addresses(study.claim, study.entry, study.analysis)


def test_event_and_correction_update_the_date_of_the_policy(studies, moved):
    first, second = studies
    make_policy_event(first.policy, "repealed", datetime.date(2025, 1, 1))
    make_correction(policy=second.policy)
    make_correction(policy=make_policy(is_published=False), is_published=False)

    assert moved().keys() == addresses(first.policy, second.policy)


def test_correction_updates_the_dates_of_the_pages_that_show_it(studies, moved):
    first, second = studies
    make_correction(entry=first.entry)
    make_correction(claims=[second.claim])

    assert moved().keys() == addresses(
        first.entry, first.analysis, second.claim, second.entry, second.analysis
    )


def test_drafts_update_no_dates_until_they_are_published(studies, moved):
    study = studies[0]
    draft = make_recommendation(analysis=study.analysis, is_published=False)
    draft.save()
    assert moved() == {}

    draft.is_published = True
    draft.save()

    assert moved().keys() == addresses(draft, study.analysis)


def test_withdrawn_part_updates_the_date_of_the_study(studies, moved):
    study = studies[0]
    Recommendation.objects.get(pk=study.advice.pk).delete()

    assert moved().keys() == addresses(study.analysis)


def test_more_rows_need_no_more_queries(client, studies):
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            said(client)
        counts.append(len(asked))
        Study()

    assert counts[0] == counts[1]
