"""An import killed at row after row; `make test` kills it at one."""

import pytest
from django.core.management import call_command

from datasets.models import ImportBatch, Observation
from tests.files import figures

# 500 values are there; the file changes them and adds 1,500.
WRITTEN, ADDED = 500, 1500


@pytest.mark.parametrize("row", range(50, ADDED, 150))
def test_command_killed_at_any_row_leaves_nothing_and_can_be_repeated(
    start, tmp_path, row
):
    path = tmp_path / "figures.csv"
    path.write_bytes(figures(more=1))
    command = start(
        "manage.py",
        "import_observations",
        str(path),
        hold=f"row {row} of datasets.importing.writing.insert",
    )
    command.wait_until_held()
    command.kill()
    after_the_kill = Observation.objects.count(), ImportBatch.objects.count()

    call_command("import_observations", str(path), "--json")

    assert after_the_kill == (WRITTEN, 1)
    assert Observation.objects.count() == WRITTEN + ADDED
