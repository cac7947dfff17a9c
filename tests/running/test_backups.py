"""A restored site answers every address like the one that was backed up."""

import io
import json
import os
import re
import tarfile

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils.translation import override

from cbec_site.api import api
from datasets.models import Indicator, Observation
from policies.models import Policy
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_figure,
    make_indicator,
    make_observation,
    make_policy,
    make_recommendation,
)
from tests.separate_database import own_database

pytestmark = pytest.mark.usefixtures("english")
# Codes of one record of each kind, for their addresses.
CODE = "S1"


@pytest.fixture
def own_site(django_db_setup, django_db_blocker, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()
    with (
        django_db_blocker.unblock(),
        own_database(tmp_path, f"backup_{os.getpid()}"),
    ):
        indicator = make_indicator(code=CODE)
        values = [
            make_observation(indicator=indicator, period=str(year), value=f"{year}.25")
            for year in range(2015, 2024)
        ]
        make_figure(values[:-1], slug=CODE)
        make_policy(code=CODE, title_zh_hans="贵州省")
        make_correction([make_claim(values[:1], code=CODE)])
        analysis = make_analysis(slug=CODE)
        entry = make_entry(analysis=analysis, code=CODE, observations=values[:2])
        make_recommendation(analysis=analysis, answers=[entry])
        (settings.MEDIA_ROOT / "2024").mkdir()
        (settings.MEDIA_ROOT / "2024" / "figures.csv").write_bytes(b"\x00\xff,1\n")
        yield


def answers():
    """What every address of the API answers: lists, files and single records."""
    client, found = Client(), {}
    # A page leaves its language active in this thread.
    with override("en"):
        for path in api.get_openapi_schema()["paths"]:
            answer = client.get(re.sub(r"{\w+}", CODE, path))
            assert answer.status_code == 200, path
            found[path] = answer.getvalue()
    assert sum("{" in path for path in found) >= 6
    return found


def test_restored_site_answers_with_the_same_bytes(own_site, tmp_path):
    before = answers()
    file = tmp_path / "site.backup"
    call_command("backup", str(file), verbosity=0)
    # It holds password hashes and secrets of second factors.
    assert file.stat().st_mode & 0o077 == 0
    Observation.objects.filter(period="2023").delete()
    Indicator.objects.update(title_en="Changed after the backup")
    Policy.objects.update(title_zh_hans="改了")
    upload = site.MEDIA_ROOT / "2024" / "figures.csv"
    upload.unlink()
    (site.MEDIA_ROOT / "later.csv").write_bytes(b"later")
    assert answers() != before

    call_command("restore", str(file), replace=True, verbosity=0)

    assert answers() == before
    assert upload.read_bytes() == b"\x00\xff,1\n"
    assert not (site.MEDIA_ROOT / "later.csv").exists()


def test_tables_of_a_newer_version_are_removed_by_restoring(own_site, tmp_path):
    before = answers()
    file = tmp_path / "site.backup"
    call_command("backup", str(file), verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE newer (region_id bigint REFERENCES datasets_region (id))"
        )
        cursor.execute("ALTER TABLE datasets_region ADD COLUMN newer integer")

    call_command("restore", str(file), replace=True, verbosity=0)

    assert answers() == before
    assert "newer" not in connection.introspection.table_names()


def test_restoring_asks_before_it_replaces(own_site, tmp_path):
    file = tmp_path / "site.backup"
    call_command("backup", str(file), verbosity=0)

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(file))


def test_backup_overwrites_no_file(own_site, tmp_path):
    file = tmp_path / "site.backup"
    file.write_bytes(b"mine")

    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(file))

    assert file.read_bytes() == b"mine"


def damaged(file, name, how):
    """The archive with one member changed or left out."""
    target = file.with_name(f"{how}.backup")
    with tarfile.open(file) as tar, tarfile.open(target, "w") as new:
        for member in tar:
            content = tar.extractfile(member)
            if member.name != name:
                new.addfile(member, content)
            elif how == "changed":
                data = bytearray(content.read())
                data[len(data) // 2] ^= 1
                member.size = len(data)
                new.addfile(member, io.BytesIO(bytes(data)))
    return target


@pytest.mark.parametrize("how", ["changed", "missing"])
@pytest.mark.parametrize("name", ["database", "uploads/2024/figures.csv"])
def test_damaged_backup_touches_nothing(own_site, tmp_path, name, how):
    before = answers()
    file = tmp_path / "site.backup"
    call_command("backup", str(file), verbosity=0)

    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", str(damaged(file, name, how)), replace=True)

    assert answers() == before


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08"])
def test_file_that_is_not_a_backup_is_refused(own_site, tmp_path, content):
    file = tmp_path / "x"
    file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("restore", str(file), replace=True)


def test_backup_of_another_kind_of_database_is_refused(own_site, tmp_path):
    file, other = tmp_path / "site.backup", tmp_path / "other"
    call_command("backup", str(file), verbosity=0)
    with tarfile.open(file) as tar:
        tar.extractall(other, filter="data")
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["engine"] = "oracle"
    (other / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "oracle", "w") as tar:
        for path in other.iterdir():
            tar.add(path, path.name)

    with pytest.raises(CommandError, match="oracle"):
        call_command("restore", str(tmp_path / "oracle"), replace=True)
