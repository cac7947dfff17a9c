"""The command: from when values are valid, what is withdrawn, and its progress."""

import datetime
import os
import pty
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from datasets.models import ImportBatch, Observation, Revision
from datasets.versions import as_of, parse_moment
from tests.factories import make_indicator, make_region, make_source
from tests.files import figures

pytestmark = pytest.mark.usefixtures("english")
HEADER = "indicator,region,period,value,unit,source\n"
ROW = "exports,520000,2022,{},亿元,office\n"


@pytest.fixture
def places(db):
    make_indicator(code="exports", title="Exports")
    make_region(code="520000", name="Guizhou")
    make_source(code="office")


def then(text):
    """The one value as it was at the end of a day."""
    rows = as_of(Observation.objects.published(), parse_moment(text))
    return [row.former_value or row.value for row in rows]


def test_values_are_valid_from_the_given_moment(places, run):
    run(HEADER + ROW.format("1.5"), "--as-of", "2025-03-01")
    run(HEADER + ROW.format("2.5"), "--as-of", "2025-09-01T09:30")

    # The time zone of the site is that of Shanghai.
    zone = datetime.timezone(datetime.timedelta(hours=8))
    row, former = Observation.objects.get(), Revision.objects.get()
    assert row.valid_from == datetime.datetime(2025, 9, 1, 9, 30, tzinfo=zone)
    assert former.valid_from == datetime.datetime(2025, 3, 1, tzinfo=zone)
    assert former.valid_to == row.valid_from
    days = ("2025-02-28", "2025-03-01", "2025-08-31", "2025-09-01")
    values = [then(day) for day in days]
    assert values == [[], [Decimal("1.5")], [Decimal("1.5")], [Decimal("2.5")]]


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_moment_before_the_newest_version_is_refused_with_a_message(places, run, more):
    run(HEADER + ROW.format("1.5"), "--as-of", "2025-03-01")

    status, found = run(
        HEADER + ROW.format("2.5"), "--as-of", "2025-02-28T23:59", *more
    )

    assert (status, found["status"], found["changed"]) == (1, "rejected", 0)
    (error,) = found["errors"]
    assert (error["line"], error["value"]) == (2, "2.5")
    assert error["message"] == (
        "The stored value of Exports · Guizhou · 2022 has been valid since "
        "2025-03-01 00:00:00, later than 2025-02-28 23:59:00."
    )
    assert Observation.objects.get().value == Decimal("1.5")


def test_moment_before_an_unaffected_version_is_accepted(places, run):
    run(HEADER + ROW.format("1.5"), "--as-of", "2025-03-01")
    rows = HEADER + ROW.format("1.5") + ROW.format("9").replace("2022", "2021")

    status, found = run(rows, "--as-of", "2025-02-01")

    assert (status, found["new"], found["unchanged"]) == (0, 1, 1)


def test_moment_in_the_future_is_refused_with_a_message(places, run):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    status, found = run(HEADER + ROW.format("1.5"), "--as-of", tomorrow.isoformat())

    (error,) = found["errors"]
    assert (status, "is still to come" in error["message"]) == (1, True)
    assert not Observation.objects.exists()


@pytest.mark.parametrize("text", ["yesterday", "2025-02-30", "0001-01-01", "12"])
def test_malformed_moment_is_refused_before_anything_is_read(places, run, text):
    with pytest.raises(CommandError, match="give a day such as 2025-03-01"):
        run(HEADER + ROW.format("1.5"), "--as-of", text)


def test_values_that_the_file_lacks_are_withdrawn_when_asked(places, run):
    old = ROW.format("1").replace("2022", "2021")
    run(HEADER + old + ROW.format("1.5"))

    kept = run(HEADER + ROW.format("1.5"))[1]
    found = run(HEADER + ROW.format("1.5"), "--withdraw-absent")[1]

    assert ("withdrawn" in kept, found["withdrawn"], found["unchanged"]) == (
        False,
        1,
        1,
    )
    assert list(Observation.objects.published().values_list("period")) == [("2022",)]


def test_withdrawing_before_the_newest_version_is_refused_with_a_message(places, run):
    run(HEADER + ROW.format("1").replace("2022", "2021"), "--as-of", "2025-03-01")

    status, found = run(
        HEADER + ROW.format("1.5"), "--withdraw-absent", "--as-of", "2025-02-01"
    )

    assert status == 1
    assert found["errors"][0]["message"].startswith(
        "The stored value of Exports · Guizhou · 2021 has been valid since"
    )


@pytest.fixture
def on_a_terminal(start, tmp_path):
    """(stderr as a terminal shows it, stdout) of the command as a real process."""
    file = tmp_path / "figures.csv"
    file.write_bytes(figures(more=1))

    def call(*arguments):
        ours, theirs = pty.openpty()
        arguments = ("manage.py", "import_observations", str(file), *arguments)
        command = start(*arguments, stderr=theirs)
        os.close(theirs)
        shown = b"".join(iter(lambda: read(ours), b""))
        os.close(ours)
        command.finish()
        return shown.decode(), command.output

    return call


def read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:
        # What Linux raises when the other end of the terminal is closed.
        return b""


def test_terminal_shows_progress_and_then_only_the_result(on_a_terminal):
    shown, out = on_a_terminal()

    *lines, rest = shown.split("\r\x1b[K")
    assert rest == ""
    assert "Reading    2,000 rows" in lines
    assert f"Comparing  [{'#' * 30}] 100 %" in lines
    assert f"Writing    [{'#' * 30}] 100 %" in lines
    assert out == "ok: 1500 new, 500 changed, 0 unchanged\n"


def test_programs_and_pipes_get_no_progress_bar(on_a_terminal, tmp_path, capfd):
    shown, out = on_a_terminal("--json", "--dry-run")
    call_command("import_observations", str(tmp_path / "figures.csv"), "--dry-run")

    assert (shown, out.count("\n")) == ("", 1)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == (
        "ok: 1500 new, 500 changed, 0 unchanged\n",
        "",
    )
    assert ImportBatch.objects.count() == 1
