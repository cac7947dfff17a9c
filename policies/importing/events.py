"""The events of an act as lines of text, in files and in batches.

One event per line, in order of time:

    effective 2020-07-01 [seen-secondary]: https://example.org/notice
    amended 2024-12-15 by N20 [seen-secondary]
    replaced 2026-01-01 by "公告2026年第16号" [editor]
    stated 2026-11-26 in_force [editor]: policies.csv

`by` names the act that caused it, by its code in the library or in quotation marks.
"""

import json
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cbec_site.base.characters import control_error
from cbec_site.base.codes import PATTERN
from cbec_site.base.confidence import Confidence
from cbec_site.base.dates import parse_partial_date
from datasets.importing.dates import read_date
from datasets.importing.times import PeriodError
from policies.force import Kind, Stated
from policies.models import Policy, PolicyEvent
from policies.models.events import OWN_FIELDS

from .bodies import CellError
from .parts import set_parts

_KINDS = [kind.value for kind in Kind if kind not in OWN_FIELDS]
_LINE = re.compile(
    rf"""(?P<kind>{"|".join(_KINDS)})
    \ (?P<date>[^\s\[:]+)
    (?:\ (?P<stated>{"|".join(Stated.values)}))?
    (?:\ by\ (?P<act>"(?:[^"\\]|\\.)*"|{PATTERN}))?
    (?:\ \[(?P<confidence>{"|".join(Confidence.values)})\])?
    (?::\ (?P<evidence>.+))?""",
    re.VERBOSE,
)


def in_one_line(text: str) -> str:
    """A text without line breaks and without spaces in a row, as files have it."""
    return " ".join(text.split())


def quoted_name(text: str, line: str) -> str:
    """The name of an act that is written in quotation marks; raises CellError."""
    try:
        name = json.loads(text)
    except ValueError:
        message = _("This name cannot be read: %s. Write a backslash twice.")
        raise CellError(message % line) from None
    if problem := control_error(name):
        raise CellError(problem)
    return name


def event_line(event: PolicyEvent) -> str:
    """One event as a line; uses the prefetched act."""
    act = event.act.code if event.act else ""
    if event.act_name:
        act = json.dumps(in_one_line(event.act_name), ensure_ascii=False)
    words = [event.kind, event.happened_text, event.stated]
    words += [f"by {act}" if act else "", f"[{event.confidence}]"]
    line, evidence = " ".join(filter(None, words)), in_one_line(event.evidence)
    return f"{line}: {evidence}" if evidence else line


def events_text(events: Iterable[PolicyEvent]) -> str:
    """Events as a cell has them."""
    return _joined(event_line(event) for event in events)


def read_events(text: str, directory) -> str:
    """A cell of events, one a line, tidied; CellError for the first wrong line."""
    lines, keys = [], set()
    for line in filter(None, map(str.strip, text.splitlines())):
        event, _act = parse_line(in_one_line(line))
        key = (event.kind, event.happened_on)
        if key in keys:
            raise CellError(_("The same event twice: %s.") % line)
        keys.add(key)
        lines.append(in_one_line(line))
    return _joined(map(_tidy, lines))


def parse_line(line: str) -> tuple[PolicyEvent, str]:
    """An unsaved event and the code of the act that caused it; raises CellError."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise CellError(
            _(
                "Not an event: %s. Write it like this: amended 2024-12-15 by N20 "
                "[editor]: where it was seen."
            )
            % line
        )
    stated = match["stated"] or ""
    if bool(stated) != (match["kind"] == Kind.STATED):
        raise CellError(
            _("Only an event of the kind “stated” has a status: %s.") % line
        )
    try:
        happened_on, precision = parse_partial_date(read_date(match["date"]))
    except PeriodError as error:
        raise CellError(str(error)) from None
    act = match["act"] or ""
    event = PolicyEvent(
        kind=match["kind"],
        happened_on=happened_on,
        happened_precision=precision,
        stated=stated,
        act_name=quoted_name(act, line) if act.startswith('"') else "",
        confidence=match["confidence"] or Confidence.EDITOR.value,
        evidence=match["evidence"] or "",
    )
    for name in ("act_name", "evidence"):
        if len(getattr(event, name)) > PolicyEvent._meta.get_field(name).max_length:
            raise CellError(_("This event is too long: %s.") % line[:80])
    event.set_latest()
    return event, "" if act.startswith('"') else act


def stated_in(text: str) -> str:
    """The status in the newest statement among the events."""
    statements = [event.stated for event, _act in map(parse_line, text.splitlines())]
    return next(
        (stated for stated in reversed(statements) if stated), Stated.UNKNOWN.value
    )


def with_stated(text: str, status: str, *, day: str, source: str) -> str:
    """The events of `text` with a newer statement of the status by a source."""
    kept = [line for line in text.splitlines() if not line.startswith(f"stated {day}")]
    evidence = in_one_line(source)[:500]
    line = f"stated {day} {status} [{Confidence.EDITOR}]"
    return _joined([*kept, f"{line}: {evidence}" if evidence else line])


def acts_in(text: str) -> set[str]:
    """The codes of the acts that the events of a cell name."""
    return {act for _event, act in map(parse_line, text.splitlines()) if act}


def set_events(states: list[tuple[Policy, dict]], words: dict) -> None:
    """Give saved policies the events of their snapshots; unchanged ones stay.

    `words` go into the history: who, and why.
    """
    set_parts(
        [(policy, state["events"].splitlines()) for policy, state in states],
        words,
        model=PolicyEvent,
        link="act",
        line_of=event_line,
        parse=parse_line,
    )


def _tidy(line):
    """A line as `event_line` writes it."""
    event, act = parse_line(line)
    event.act = Policy(code=act) if act else None
    return event_line(event)


def _joined(lines):
    def order(line):
        event, _act = parse_line(line)
        return event.happened_on, event.latest_on, _KINDS.index(event.kind)

    return "\n".join(sorted(lines, key=order))
