"""A site that loaded the study earlier gets what is new, and keeps its edits."""

import csv
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from cbec_site.loading import load_study
from cbec_site.loading.update import UPDATED, update_study
from datasets.models import Observation, Region
from policies.importing.importer import policies
from policies.models import PilotZone, Policy, PolicyBatch, ProposedFact
from swot.models import Claim
from tests.shared_content import SharedContent

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]


def rewrite(path, change):
    """Write the rows of a CSV file anew; `change` gives a row back, or None."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [row for row in map(change, rows) if row]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def older_policy(row):
    if not row["code"].startswith("P"):
        return None
    return row | {"events": "", "relations": "", "summary_zh": "旧", "published": ""}


def older_zone(row):
    if row["batch"] == "8":
        return None
    return row | {"approved_by": "", "ended": "", "ended_by": ""}


def load_older_study():
    """The twenty acts of the study without what came later."""
    with TemporaryDirectory() as directory:
        for app in ("cbec_site", "datasets", "policies", "swot"):
            source = Path(settings.BASE_DIR) / app / "fixtures"
            shutil.copytree(source, Path(directory) / app / "fixtures")
        fixtures = Path(directory) / "policies/fixtures"
        rewrite(fixtures / "policies.csv", older_policy)
        rewrite(fixtures / "pilot_zones.csv", older_zone)
        rewrite(
            fixtures / "proposed_facts.csv",
            lambda row: row if row["policy"] == "P05" else None,
        )
        with override_settings(BASE_DIR=Path(directory)):
            load_study()


@pytest.fixture(scope="module")
def older_content(django_db_setup, django_db_blocker):
    content = SharedContent(load_older_study)
    content.blocker = django_db_blocker
    with content.for_a_module():
        yield
    content.take_back()


@pytest.fixture
def older_site(older_content, db):
    """A site that loaded the study before what came later was shipped."""


@pytest.mark.usefixtures("older_site")
def test_update_brings_what_is_new_and_keeps_what_was_edited():
    edited = Policy.objects.get(code="P02")
    edited.summary_zh_hans = "编辑写的"
    edited.save()
    PilotZone.objects.get(code="zone-sanya").delete()

    update = update_study()

    assert update.added["policies"] == 40
    assert update.added["pilot zones"] == 16
    policy = Policy.objects.with_labels().get(code="P07")
    assert policy.force().label == "Replaced"
    assert policy.published_text == "2023-02-01"
    edited = Policy.objects.get(code="P02")
    assert edited.summary_zh_hans == "编辑写的"
    assert edited.published_text == "2021-04-15"
    assert not PilotZone.objects.filter(code="zone-sanya").exists()
    haikou = PilotZone.objects.get(code="zone-haikou")
    assert (haikou.ended_text, haikou.ended_by.code) == ("2025-04", "N26")
    assert ProposedFact.objects.filter(policy__code="P04").exists()
    assert update_study().is_empty


def counts():
    models = (Policy, PilotZone, Observation, ProposedFact, PolicyBatch)
    return [model.objects.count() for model in models]


@pytest.mark.usefixtures("older_site")
def test_preview_writes_nothing(capsys):
    before = counts()

    call_command("update_study", "--dry-run")

    told = capsys.readouterr().out
    assert "40 new policies" in told
    assert "policy P07: events, published, relations, summary_zh" in told
    assert counts() == before


@pytest.mark.usefixtures("older_site")
def test_the_acts_of_an_update_are_taken_back():
    update_study()
    # An act that a zone names is in use; the zones go first.
    PilotZone.objects.all().delete()

    policies.undo(PolicyBatch.objects.get(file_name=UPDATED))

    assert Policy.objects.count() == 20
    assert not Policy.objects.get(code="P07").events.exists()


@pytest.mark.usefixtures("older_site")
def test_an_update_is_taken_back_whole_but_for_what_was_changed_since():
    before = counts()
    Claim.objects.filter(code="C21").update(successor="", verdict="yes")
    Claim.history.update(successor="")
    update_study()
    edited = PilotZone.objects.get(code="zone-hainan")
    edited.source_url = "https://example.org/"
    edited.save()

    with pytest.raises(CommandError, match="N26 is still in use"):
        call_command("update_study", "--undo", verbosity=0)
    assert Policy.objects.count() == 60
    edited.approved_by = None
    edited.save()
    call_command("update_study", "--undo", verbosity=0)

    assert Policy.objects.count() == 20
    haikou = PilotZone.objects.get(code="zone-haikou")
    assert (haikou.ended_text, haikou.ended_by) == ("", None)
    added = PilotZone.objects.filter(batch=8)
    assert [zone.code for zone in added] == ["zone-hainan"]
    assert Claim.objects.get(code="C21").successor == ""
    # What is counted: acts, zones, values, facts to confirm; batches stay on record.
    assert counts()[:4] == [before[0], before[1] + 1, *before[2:4]]


@pytest.mark.usefixtures("older_site")
def test_an_update_brings_values_that_were_never_there(english):
    gone, kept = Observation.objects.filter(code__startswith="up_")[:2]
    Observation.history.filter(code=gone.code).delete()
    Observation.objects.filter(pk=gone.pk).delete()
    Observation.history.filter(code=gone.code).delete()
    kept.delete()

    update_study()

    assert Observation.objects.filter(code=gone.code).exists()
    assert not Observation.objects.filter(code=kept.code).exists()


@pytest.mark.usefixtures("older_site")
def test_an_update_tells_otherwise_what_nobody_edited():
    rows = Observation.objects.filter(batch__file_name="newer_observations.csv")
    noted, hidden, edited = rows.filter(is_published=True).exclude(note_en="")[:3]
    rows.filter(pk=noted.pk).update(note_en="")
    drafted = rows.filter(is_published=False).first()
    moment = timezone.now()
    rows.filter(pk=drafted.pk).update(is_published=True, published_at=moment)
    Observation.history.filter(id=drafted.pk).update(is_published=True)
    edited.note_en = "An editor's words"
    edited.save()

    told = update_study()

    assert f"value {noted.code}: note_en" in told.lines
    assert f"value {drafted.code}: is_published" in told.lines
    noted.refresh_from_db()
    assert noted.note_en
    assert not Observation.objects.get(pk=drafted.pk).is_published
    edited.refresh_from_db()
    assert edited.note_en == "An editor's words"
    hidden.refresh_from_db()
    assert hidden.is_published
    assert update_study().is_empty
    call_command("update_study", "--undo", verbosity=0)
    assert Observation.objects.get(pk=drafted.pk).is_published


def test_no_public_value_is_without_an_address():
    load_study()

    lost = Observation.objects.published().filter(source__url="")

    assert not lost.exists()


@pytest.mark.usefixtures("older_site")
def test_an_update_brings_reasons_that_nobody_has_given():
    codes = ["C24", "C26", "C28"]
    shipped = dict(Claim.objects.values_list("code", "accepted_reason_en"))
    assert all(shipped[code] for code in codes)
    reasons = {"accepted_reason_zh_hans": None, "accepted_reason_en": None}
    # C25 once had a reason that an editor took away, C28 was edited to another number.
    Claim.objects.filter(code__in=[*codes, "C25"]).update(accepted_value="", **reasons)
    Claim.history.exclude(code="C25").update(**reasons)
    Claim.objects.filter(code="C28").update(stated_value="3.07")

    update_study()

    claims = Claim.objects.in_bulk([*codes, "C25"], field_name="code")
    for code in ("C24", "C26"):
        assert claims[code].accepted_reason_en == shipped[code]
        assert claims[code].is_accepted
    assert not claims["C25"].accepted_reason_en
    assert not claims["C28"].accepted_reason_en
    assert update_study().is_empty


@pytest.mark.usefixtures("older_site")
def test_regions_that_came_later_are_brought_and_deleted_ones_stay_away():
    for code in ("533300", "532600"):
        Region.objects.get(code=code).delete()
    Region.history.filter(code="533300").delete()

    update = update_study()

    assert update.added["regions"] == 1
    assert Region.objects.get(code="533300").parent.code == "530000"
    assert not Region.objects.filter(code="532600").exists()
