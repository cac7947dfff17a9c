"""A site that loaded the study earlier gets what is new, and keeps its edits."""

import csv
import shutil
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from cbec_site.loading import load_study
from cbec_site.loading.update import update_study
from cbec_site.shipped_reasons import UPDATED
from datasets.models import Observation, Region
from policies.importing.importer import policies
from policies.models import Issuer, PilotZone, Policy, PolicyBatch, ProposedFact
from swot.models import Claim
from tests.shared_content import SharedContent

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]


def rewrite(path, change):
    """Rewrite a CSV file; `change` returns each row, or None to drop it."""
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
    content.roll_back()


def counts():
    models = (Policy, PilotZone, Observation, ProposedFact, PolicyBatch)
    return [model.objects.count() for model in models]


def edit_policies_and_zones():
    edited = Policy.objects.get(code="P02")
    edited.summary_zh_hans = "编辑写的"
    edited.save()
    PilotZone.objects.get(code="zone-sanya").delete()


def lose_values():
    """(code of a value that was never there, code of one that an editor deleted)"""
    gone, kept = Observation.objects.filter(code__startswith="up_")[:2]
    Observation.history.filter(code=gone.code).delete()
    Observation.objects.filter(pk=gone.pk).delete()
    Observation.history.filter(code=gone.code).delete()
    kept.delete()
    return gone.code, kept.code


def tell_values_otherwise():
    """Four values as they were shipped once, one of them edited."""
    rows = Observation.objects.filter(batch__file_name="newer_observations.csv")
    noted, hidden, edited = rows.filter(is_published=True).exclude(note_en="")[:3]
    rows.filter(pk=noted.pk).update(note_en="")
    drafted = rows.filter(is_published=False).first()
    moment = timezone.now()
    rows.filter(pk=drafted.pk).update(is_published=True, published_at=moment)
    Observation.history.filter(id=drafted.pk).update(is_published=True)
    edited.note_en = "An editor's words"
    edited.save()
    return SimpleNamespace(noted=noted, hidden=hidden, edited=edited, drafted=drafted)


def forget_successor():
    Claim.objects.filter(code="C21").update(successor="", verdict="yes")
    Claim.history.update(successor="")


WITH_REASONS = ["C24", "C26", "C28"]


def forget_reasons():
    """The reasons that are shipped, by code."""
    shipped = dict(Claim.objects.values_list("code", "accepted_reason_en"))
    assert all(shipped[code] for code in WITH_REASONS)
    reasons = {"accepted_reason_zh_hans": None, "accepted_reason_en": None}
    # C25 once had a reason that an editor took away, C28 was edited to another number.
    Claim.objects.filter(code__in=[*WITH_REASONS, "C25"]).update(
        accepted_value="", **reasons
    )
    Claim.history.exclude(code="C25").update(**reasons)
    Claim.objects.filter(code="C28").update(stated_value="3.07")
    return shipped


def forget_names():
    """English names that were never entered; one body was saved by an editor."""
    for code in ("hunan-government", "yunnan-government"):
        Issuer.objects.filter(code=code).update(name_en="")
    Issuer.objects.get(code="yunnan-government").save()


def lose_regions():
    """One was never there, the other was deleted by an editor."""
    for code in ("533300", "532600"):
        Region.objects.get(code=code).delete()
    Region.history.filter(code="533300").delete()


@pytest.fixture(scope="module")
def updated_content(older_content, django_db_blocker):
    """An older site that was edited in all the ways below and then updated."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = SimpleNamespace(lost=lose_values(), values=tell_values_otherwise())
        made.reasons = forget_reasons()
        edit_policies_and_zones()
        forget_successor()
        forget_names()
        lose_regions()
        made.before, out = counts(), StringIO()
        call_command("update_study", "--dry-run", stdout=out)
        made.preview, made.after_preview = out.getvalue(), counts()
        made.update, made.second_update = update_study(), update_study()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def updated(updated_content, db):
    """What the update said and was about; its test may change the site."""
    return updated_content


def test_update_brings_what_is_new_and_keeps_what_was_edited(updated):
    assert updated.update.added["policies"] == 40
    assert updated.update.added["pilot zones"] == 16
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


def test_another_update_finds_nothing_to_do(updated):
    assert updated.second_update.is_empty


def test_preview_writes_nothing(updated):
    assert "40 new policies" in updated.preview
    assert "policy P07: events, published, relations, summary_zh" in updated.preview
    assert updated.after_preview == updated.before


def test_policies_of_an_update_are_undone(updated):
    # An act that a zone names is in use; the zones go first.
    PilotZone.objects.all().delete()

    policies.undo(PolicyBatch.objects.get(file_name=UPDATED))

    assert Policy.objects.count() == 20
    assert not Policy.objects.get(code="P07").events.exists()


def test_update_is_undone_except_what_was_changed_since(updated):
    edited = PilotZone.objects.get(code="zone-hainan")
    edited.source_url = "https://example.org/"
    edited.save()

    with pytest.raises(CommandError, match="N26 is still used"):
        call_command("update_study", "--undo", verbosity=0)
    assert Policy.objects.count() == 60
    assert Claim.objects.get(code="C21").successor
    edited.approved_by = None
    edited.save()
    call_command("update_study", "--undo", verbosity=0)

    assert Policy.objects.count() == 20
    haikou = PilotZone.objects.get(code="zone-haikou")
    assert (haikou.ended_text, haikou.ended_by) == ("", None)
    added = PilotZone.objects.filter(batch=8)
    assert [zone.code for zone in added] == ["zone-hainan"]
    assert Claim.objects.get(code="C21").successor == ""
    assert Observation.objects.get(pk=updated.values.drafted.pk).is_published
    # What is counted: acts, zones, values, facts to confirm; batches stay on record.
    before = updated.before
    assert counts()[:4] == [before[0], before[1] + 1, *before[2:4]]


def test_update_adds_values_that_never_existed(updated):
    gone, kept = updated.lost

    assert Observation.objects.filter(code=gone).exists()
    assert not Observation.objects.filter(code=kept).exists()


def test_update_rewords_what_nobody_edited(updated):
    values = updated.values

    assert f"value {values.noted.code}: note_en" in updated.update.lines
    assert f"value {values.drafted.code}: is_published" in updated.update.lines
    stored = Observation.objects.in_bulk([one.pk for one in vars(values).values()])
    assert stored[values.noted.pk].note_en
    assert not stored[values.drafted.pk].is_published
    assert stored[values.edited.pk].note_en == "An editor's words"
    assert stored[values.hidden.pk].is_published


def test_an_update_brings_reasons_that_nobody_has_given(updated):
    codes = [*WITH_REASONS, "C25"]
    claims = Claim.objects.in_bulk(codes, field_name="code")

    for code in ("C24", "C26"):
        assert claims[code].accepted_reason_en == updated.reasons[code]
        assert claims[code].is_accepted
    assert not claims["C25"].accepted_reason_en
    assert not claims["C28"].accepted_reason_en


def test_regions_that_came_later_are_brought_and_deleted_ones_stay_away(updated):
    assert updated.update.added["regions"] == 1
    assert Region.objects.get(code="533300").parent.code == "530000"
    assert not Region.objects.filter(code="532600").exists()


def test_names_that_nobody_entered_are_filled_in(updated):
    names = dict(Issuer.objects.values_list("code", "name_en"))

    assert names["hunan-government"] == "Hunan Provincial People's Government"
    assert not names["yunnan-government"]
    assert "issuing body hunan-government: name_en" in updated.update.lines


def test_every_shipped_body_and_act_has_a_name_in_both_languages():
    for table_name in ("issuers", "policies"):
        path = Path(settings.BASE_DIR) / f"policies/fixtures/{table_name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = [row[name] for name in row if name[:-3] in ("name", "title")]
                assert len(names) == 2
                assert all(names), row["code"]
