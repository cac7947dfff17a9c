"""Writes values at their marks where there is room, and counts the others."""

from itertools import pairwise
from math import hypot
from typing import NamedTuple

from .layout import text_width
from .model import Mark, Series

# Numbers are printed in bold.
BOLD = 13.3
# How much higher a label over a bar can be, with a thin line down to its bar.
RISES = (0, 15, 30)
# No label is this far from its mark.
FARTHEST = 56


class Label(NamedTuple):
    series: Series
    x: float
    y: float
    text: str
    is_note: bool


class Leader(NamedTuple):
    """A thin line from a mark up or down to its label."""

    series: Series
    x: float
    y: float
    to_y: float


class Labels:
    """Places labels in a layout: `written`, `leaders`, and the `missing` marks.

    No label touches another text, a bar or a line, and each is nearest to its own
    series. The last, first and highest value of a series come first, bars before lines,
    and short series before long ones: a revision of some years before what it revises.
    """

    def __init__(self, layout):
        self.at = layout
        self.written: list[Label] = []
        self.leaders: list[Leader] = []
        self.missing: list[Mark] = []
        self._taken = []
        if layout.panel.is_share:
            self._write_parts()
            return
        self._take_texts()
        self._take_marks()
        short_first = sorted(layout.panel.bars, key=lambda bars: len(bars.marks))
        for series in [*short_first, *layout.panel.lines]:
            for mark in _by_importance(series):
                if not self._write(series, mark):
                    self.missing.append(mark)

    def _write_parts(self):
        for series in self.at.panel.series:
            for mark in series.marks:
                x, y, width, _height = self.at.bar(series, mark)
                text = f"{mark.label}{series.unit}"
                x += width + text_width(text) / 2 + 6
                self.written.append(Label(series, x, y + 14, text, is_note=False))

    def _take_texts(self):
        at = self.at
        self._taken += [
            (x, y - 14, x + max(map(text_width, lines)), y + 15 * len(lines) - 12)
            for _, x, y, lines in at.ends
        ]
        self._taken += [
            (x - text_width(text, 12) / 2, y - 10, x + text_width(text, 12) / 2, y + 2)
            for x, y, text, _anchor in at.tick_texts
        ]
        self._taken += [
            (0.0, at.y(value) - 8, at.left - 4, at.y(value) + 7)
            for value, _text in at.grid
        ]
        y = at.moment_y
        self._taken += [
            (x - text_width(text) / 2, y - 12, x + text_width(text) / 2, y + 3)
            for x, text, _numbers in at.moments
        ]

    def _take_marks(self):
        at = self.at
        for series in at.panel.bars:
            for mark in series.marks:
                x, y, width, height = at.bar(series, mark)
                self._taken.append((x + 1, y + 1, x + width - 1, y + height - 1))
        for series in at.panel.lines:
            for mark in series.marks:
                x, y = at.x(mark.x), at.y(mark.value)
                self._taken.append((x - 4, y - 4, x + 4, y + 4))
            for run in series.runs:
                self._taken += self._along(series, run)

    def _along(self, series, run):
        """Small boxes along a line, so that no label is placed across it."""
        points = [(self.at.x(mark.x), self.at.y(mark.value)) for mark in run]
        for (x, y), (to_x, to_y) in pairwise(points):
            corners = [(x, y), (to_x, to_y)]
            if series.kind == "step":
                corners.insert(1, (to_x, y))
            for (x1, y1), (x2, y2) in pairwise(corners):
                count = max(int(hypot(x2 - x1, y2 - y1) / 5), 1)
                for at in range(count + 1):
                    px = x1 + (x2 - x1) * at / count
                    py = y1 + (y2 - y1) * at / count
                    yield px - 1.5, py - 1.5, px + 1.5, py + 1.5

    def _write(self, series, mark):
        """Write the value at the first free place; returns whether there is one."""
        text = f"{mark.label} {mark.status}".strip()
        half = text_width(text, BOLD) / 2
        for x, y, leader in self._places(series, mark, half):
            boxes = [(x - half, y - 11, x + half, y + 3)]
            if leader:
                ends = sorted((leader.y, leader.to_y))
                boxes.append((leader.x - 1, ends[0], leader.x + 1, ends[1]))
            notes = self._note(series, mark)
            boxes += [box for box, _label in notes]
            if any(map(self._is_taken, boxes)):
                continue
            if not self._belongs(series, mark, x, y - 4):
                continue
            self._taken += boxes
            self.written.append(Label(series, x, y, text, is_note=False))
            self.written += [label for _box, label in notes]
            self.leaders += [leader] if leader else []
            return True
        return False

    def _places(self, series, mark, half):
        """(x, y, leader or None) of every possible place of a label, the best first."""
        y = self.at.y(mark.value)
        if series.kind == "bar":
            places = self._over_bar(series, mark, half, y)
        else:
            x = self.at.x(mark.x)
            beside = half + 8
            places = [
                (x, y - 9),
                (x, y + 19),
                (x - beside, y - 2),
                (x + beside, y + 10),
            ]
            places += [(x + beside, y - 2), (x - beside, y + 10)]
            places = [(*place, None) for place in places]
        is_up = mark.value >= 0
        for x, baseline, leader in places:
            if is_up and baseline > self.at.plot_bottom - 3:
                continue
            if not self.at.ceiling + 10 <= baseline <= self.at.bottom:
                continue
            yield min(max(x, half), self.at.width - half), baseline, leader

    def _over_bar(self, series, mark, half, y):
        """Places over a bar: in the middle, to either side, or higher on a thin
        line."""
        left, _top, width, _height = self.at.bar(series, mark)
        middle = left + width / 2
        if mark.note:
            yield middle, y - 21, None
            return
        aside = max(half - width / 2, 0)
        direction, first = (-1, y - 7) if mark.value >= 0 else (1, y + 16)
        for rise in RISES:
            baseline = first + direction * rise
            end = baseline + 3 if direction < 0 else baseline - 11
            leader = Leader(series, middle, y + 2 * direction, end) if rise else None
            for x in dict.fromkeys((middle, middle - aside, middle + aside)):
                yield x, baseline, leader

    def _note(self, series, mark):
        """(box, label) of a note between a bar and its value."""
        if not mark.note:
            return []
        left, _top, width, _height = self.at.bar(series, mark)
        x, y, half = left + width / 2, self.at.y(mark.value), text_width(mark.note) / 2
        label = Label(series, x, y - 6, mark.note, is_note=True)
        return [((x - half, y - 17, x + half, y - 3), label)]

    def _belongs(self, series, mark, x, y):
        """Whether a label is near its mark and nearer than to another series' marks."""
        own = self._distance(series, mark, x, y)
        return own < FARTHEST and all(
            self._distance(other, one, x, y) > own
            for other in self.at.panel.series
            if other is not series
            for one in other.marks
        )

    def _distance(self, series, mark, x, y):
        place = self.at.x(mark.x)
        if series.kind == "bar":
            left, _top, width, _height = self.at.bar(series, mark)
            place = left + width / 2
        return hypot(place - x, self.at.y(mark.value) - y)

    def _is_taken(self, box):
        left, top, right, bottom = box
        return any(
            left < other[2]
            and other[0] < right
            and top < other[3]
            and other[1] < bottom
            for other in self._taken
        )


def _by_importance(series):
    marks = series.marks
    if not marks:
        return []
    peak = max(marks, key=lambda mark: mark.value)
    return list(dict.fromkeys([marks[-1], marks[0], peak, *marks]))
