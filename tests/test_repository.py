"""What holds of the files of the repository themselves."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
TEMPLATE_WIDTH = 120
INSTALLS = [
    "Makefile",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "pyproject.toml",
    ".ci/run",
    *(path.name for path in ROOT.glob("requirements*")),
]


@pytest.mark.parametrize("name", INSTALLS)
def test_no_file_names_the_host_that_packages_come_from(name):
    """Packages come from whatever index the machine is set up for."""
    assert not re.search(r"https?:", (ROOT / name).read_text())


def test_example_of_the_environment_has_every_variable_of_the_settings():
    source = (ROOT / "cbec_site" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    read = re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', source)
    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(named) == sorted(set(read))


def test_lines_of_templates_fit_the_screen_of_whoever_edits_them():
    too_long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > TEMPLATE_WIDTH
    ]

    assert too_long == []
