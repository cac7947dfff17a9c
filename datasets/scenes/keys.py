"""The patterns, letters and signs of a chart, each with exactly one meaning."""

from django.utils.translation import gettext

from .elements import tag
from .model import DERIVED, ESTIMATED, FORECAST, OFFICIAL, PROVISIONAL

UNUSED = "unused"


def meanings(panel):
    """(pattern, letter or sign; its meaning) for those that occur in a panel, each
    once."""
    bars, lines = panel.bars, panel.lines
    shapes = [
        mark
        for one in panel.series
        if one not in lines
        for mark in one.marks
        if not one.is_official
    ]
    official = gettext("official publication")
    derived = gettext("computed by us from the other values")
    explained = []
    if any(series.is_official for series in bars):
        explained.append((OFFICIAL, official))
    elif any(series.is_official for series in lines):
        explained.append(("line", official))
    if any(mark.pattern == DERIVED for one in lines for mark in one.marks):
        explained.append(("hollow", derived))
    words = {
        ESTIMATED: gettext("estimated"),
        PROVISIONAL: gettext("provisional"),
        FORECAST: gettext("forecast"),
        DERIVED: derived,
    }
    letters = {mark.pattern: mark.status for mark in shapes if mark.pattern}
    for kind, word in words.items():
        if kind in letters:
            letter = letters[kind]
            explained.append((kind, f"{letter} {word}" if letter else word))
    if any(mark.is_unused for mark in panel.marks):
        explained.append((UNUSED, gettext("not used in the computation")))
    statuses = {mark.status: mark.meaning for mark in panel.marks}
    told = {"", *letters.values()}
    explained += sorted((code, statuses[code]) for code in statuses.keys() - told)
    if panel.note_title and any(mark.note for mark in panel.marks):
        explained.append(("+%", panel.note_title))
    return explained


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
