"""Compares a line such as 资料来源：国家统计局 with the chosen source."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from datasets.models import Source
from datasets.spreadsheets.folding import fold_case
from datasets.spreadsheets.problems import Problem

from .checking import Checker

_SOURCE_LINE = re.compile(
    r"\A(?:数据来源|资料来源|来源|data source|sources?)\s*:\s*(?P<name>.+)",
    re.IGNORECASE,
)
_NAMES = "code title_zh_hans title_en publisher_zh_hans publisher_en".split()


def source_doubts(
    notes: Iterable[Problem], checker: Checker, chosen: str
) -> Iterator[Problem]:
    """A doubt for each note that names a source other than the `chosen` one."""
    source = checker.look_up("source", chosen) if chosen else None
    if not isinstance(source, Source):
        return
    for note in notes:
        match = _SOURCE_LINE.match(note.value) if note.kind == "note" else None
        if match and not _is_named(source, match["name"]):
            message = _("The file names another source here; “%s” was chosen.")
            yield Problem(
                note.line, "source", note.value, message % source, note.sheet, "source"
            )


def _is_named(source: Source, text: str) -> bool:
    """Whether a text contains a name of a source or its publisher, or part of one."""
    plain = fold_case(text).rstrip("。.")
    names = (fold_case(getattr(source, name) or "") for name in _NAMES)
    return any(name in plain or plain in name for name in names if name)
