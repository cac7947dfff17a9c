"""The patterns, letters and signs of a chart, each with exactly one meaning."""

from django.utils.translation import gettext

from .elements import tag
from .model import DERIVED, ESTIMATED, FORECAST, OFFICIAL, PROVISIONAL

UNUSED = "unused"


def meanings(panel):
    """(pattern, letter or sign; its meaning) for those that occur in a panel, each
    once."""
    derived = gettext("computed by us from the other values")
    letters = _letters(panel)
    words = {
        ESTIMATED: gettext("estimated"),
        PROVISIONAL: gettext("provisional"),
        FORECAST: gettext("forecast"),
        DERIVED: derived,
    }
    explained = [*_official(panel), *_hollow(panel, derived)]
    for kind, word in words.items():
        if kind in letters:
            explained.append((kind, f"{letters[kind]} {word}".strip()))
    if any(mark.is_unused for mark in panel.marks):
        explained.append((UNUSED, gettext("not used in the computation")))
    statuses = {mark.status: mark.meaning for mark in panel.marks}
    told = {"", *letters.values()}
    explained += sorted((code, statuses[code]) for code in statuses.keys() - told)
    if panel.note_title and any(mark.note for mark in panel.marks):
        explained.append(("+%", panel.note_title))
    return explained


def _letters(panel):
    """The letter of each pattern that bars have; official ones say so by another."""
    bars = [one for one in panel.series if one not in panel.lines]
    marks = [mark for one in bars if not one.is_official for mark in one.marks]
    return {mark.pattern: mark.status for mark in marks if mark.pattern}


def _official(panel):
    official = gettext("official publication")
    if any(series.is_official for series in panel.bars):
        yield OFFICIAL, official
    elif any(series.is_official for series in panel.lines):
        yield "line", official


def _hollow(panel, derived):
    if any(mark.pattern == DERIVED for one in panel.lines for mark in one.marks):
        yield "hollow", derived


def pattern(name, kind, colour, surface):
    """The tile of a pattern: one drawing for each meaning."""
    drawings = {
        OFFICIAL: ("M-2 10L10 -2M-2 2L2 -2M6 10L10 6", 2.2),
        ESTIMATED: ("M2 2h2M6 6h2", 2.2),
        PROVISIONAL: ("M0 2h8M0 6h8", 1.6),
        FORECAST: ("", 0),
        DERIVED: ("M2 0v8M6 0v8", 1.2),
        UNUSED: ("M-2 -2L10 10M-2 6L2 10M6 -2L10 2", 0.8),
    }
    path, width = drawings[kind]
    ground = tag("rect", width=8, height=8, fill=surface)
    drawn = tag("path", d=path, stroke=colour, stroke_width=width) if path else ""
    return tag(
        "pattern",
        ground,
        drawn,
        id=name,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )
