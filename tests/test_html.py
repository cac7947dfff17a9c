"""Every kind of public page is valid HTML according to html-validate."""

import os
import re
import subprocess

import pytest
from django.conf import settings

from tests.passages import unmarked
from tests.sample_site import LANGUAGES, PAGES, address

pytestmark = [pytest.mark.whole, pytest.mark.django_db]

VALIDATOR = settings.BASE_DIR / "node_modules" / ".bin" / "html-validate"
RULES = settings.BASE_DIR / ".htmlvalidate.json"


def validate(directory):
    """What the validator reports for the files of a directory; "" if nothing."""
    # A Node.js installed from PyPI is beside Python.
    path = f"{settings.BASE_DIR / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [VALIDATOR, "--config", RULES, "--formatter", "text", directory],
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path},
        check=False,
    )
    return done.stdout + done.stderr


# Every footer says how old the content is, for readers and for programs.
LAST_CHANGED = re.compile(
    r"(Content last changed: |内容最后更新：)\s*<time\s+"
    r'datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00">'
)
NORMAL = re.compile(r">\s*(Normal|正常)\s*<")
# Phones put a dot after such a cell: white space at its end would stand before it.
CELL = re.compile(r'<td class="[^"]*\binline\b[^>]*>(.*?)</td>', re.DOTALL)
HEAD = re.compile(
    r'<title>(.*?)</title>\s*<meta name="description"\s+content="(.*?)"', re.DOTALL
)


def loose_cells(page):
    """The cells of a page, of those that share a line on phones, that end in white
    space."""
    cells = (re.sub(r"<[^>]+>", "", cell) for cell in CELL.findall(page))
    return [cell for cell in cells if cell.strip() and cell != cell.rstrip()]


def test_pages_are_valid_and_have_unique_titles_and_descriptions(
    client, world, tmp_path
):
    heads = {}
    for language in LANGUAGES:
        for name in PAGES:
            response = client.get(address(name, world, language))
            assert response.status_code == 200
            for part in HEAD.search(response.content.decode()).groups():
                assert part.strip()
                heads.setdefault((language, " ".join(part.split())), []).append(name)
            assert LAST_CHANGED.search(response.content.decode()), (language, name)
            # Defaults are not stated; the page of the API lists what there is.
            usual = NORMAL.search(response.content.decode())
            assert not usual or name == "api-docs", (language, name)
            assert unmarked(response.content.decode()) == [], (language, name)
            assert loose_cells(response.content.decode()) == [], (language, name)
            file = tmp_path / f"{language}-{name.replace(':', '-')}.html"
            file.write_bytes(response.content)

    assert validate(tmp_path) == ""
    assert {words: names for words, names in heads.items() if len(names) > 1} == {}


def test_cells_that_end_in_white_space_are_found():
    cells = "a <b>1</b>", "b ", "c\n", "<b>d </b>", " "
    row = "".join(f'<td class="whole inline named">{cell}</td>' for cell in cells)

    assert loose_cells(row) == ["b ", "c\n", "d "]


def test_validator_reports_a_fault(tmp_path):
    (tmp_path / "broken.html").write_text("<p><div id=a id=b></p>", encoding="utf-8")

    assert "no-dup-attr" in validate(tmp_path)
