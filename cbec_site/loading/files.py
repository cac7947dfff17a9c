"""The fixture files: CSV tables and the Markdown of the analysis."""

import csv
import re
from pathlib import Path

from django.conf import settings

from cbec_site.base.languages import LANGUAGES


class StudyNotLoadedError(Exception):
    """A shipped file violates the rules for imports; the message names the row."""


def path(app: str, name: str) -> Path:
    """A file in an app's fixtures."""
    return settings.BASE_DIR / app / "fixtures" / name


def table(app: str, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path(app, f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def translated(row: dict[str, str], *fields: str) -> dict[str, str]:
    """title_zh and title_en of a row as the model's title_zh_hans and title_en."""
    return {
        f"{field}_{language.column}": row[f"{field}_{language.short}"]
        for field in fields
        for language in LANGUAGES
    }


def items(text: str) -> list[str]:
    """The parts of a cell that are joined by commas or semicolons."""
    return [part.strip() for part in re.split(r"[;,]", text) if part.strip()]


def is_yes(text: str) -> bool:
    return text == "yes"


def sections(name: str = "study.md") -> dict[str, dict[str, str]]:
    """The sections of the analysis by heading: their fields, and the text as zh, en."""
    content = path("swot", name).read_text(encoding="utf-8")
    lines = {}
    for heading, body in re.findall(
        r"^## (\w+)\n(.*?)(?=^## |\Z)", content, re.DOTALL | re.MULTILINE
    ):
        fields = dict(re.findall(r"^- (\w+): *(.*)$", body, re.MULTILINE))
        for short, text in re.findall(
            r"^### (\w+)\n+(.*?)(?=^### |\Z)", body, re.DOTALL | re.MULTILINE
        ):
            fields[short] = text.strip()
        lines[heading] = fields
    return lines
