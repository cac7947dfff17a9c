"""However a file is damaged, it is refused or its faults are listed."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.importing.importer import observations
from datasets.models import Observation
from datasets.spreadsheets.problems import Problem, UnreadableFileError
from tests.properties import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MESSY = Path(__file__).parents[2] / "data" / "messy"
SAMPLES = [path.read_bytes() for path in sorted(MESSY.glob("m*.*"))]
WORKBOOKS = [content for content in SAMPLES if content.startswith(b"PK")]
FEW = examples(40)


@st.composite
def damaged(draw, content):
    """Bytes cut off, overwritten, removed, doubled or inserted, up to three times."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        content = draw(
            st.sampled_from(
                [
                    content[:start],
                    content[:start] + content[end:],
                    content[:end] + content[start:],
                    content[:start] + draw(st.binary(max_size=8)) + content[end:],
                    content[:start] + b'",;\r\n\t' + content[start:],
                ]
            )
        )
    return content


@st.composite
def damaged_inside(draw):
    """An intact archive with one damaged part."""
    content = draw(st.sampled_from(WORKBOOKS))
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        names = source.namelist()
        chosen = draw(st.sampled_from(names))
        for name in names:
            part = source.read(name)
            target.writestr(name, draw(damaged(part)) if name == chosen else part)
    return made.getvalue()


def check(content):
    try:
        plan = observations.plan(content, file_name="damaged")
    except UnreadableFileError as refusal:
        assert refusal.message
        return
    # None of the indicators of the samples exists, so that nothing could be written.
    assert plan.write_count == 0
    assert not plan.is_clean
    assert all(isinstance(item, Problem) and item.message for item in plan.errors)
    assert Observation.objects.count() == 0


@given(st.sampled_from(SAMPLES).flatmap(damaged))
@FEW
def test_damaged_file_is_refused_or_its_faults_are_listed(content):
    check(content)


@given(damaged_inside())
@FEW
def test_damaged_part_of_a_workbook_is_refused_or_listed(content):
    check(content)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]))
@FEW
def test_any_bytes_are_refused_or_listed(content, start):
    check(start + content)
