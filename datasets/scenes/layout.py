"""Where everything in a panel goes: heading, axis, marks, and names of lines."""

import unicodedata
from itertools import pairwise
from math import floor, log10

FONT = 12.5
LINE = 16
PLOT_HEIGHT = {True: 170, False: 210}
WIDE = 500
BAR_MAX = 44
PART_HEIGHT = 46
MOMENT_GAP = 34


def text_width(text, size=FONT):
    """The approximate width of a text: one em per Chinese character, less for
    others."""
    ems = sum(
        1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text
    )
    return ems * size


def wrapped(text, width):
    """The text in lines of at most `width`.

    Chinese breaks anywhere, other words only if they are wider than a line.
    """
    lines, line = [], ""
    for piece in _fitting(text, width):
        if line and text_width(line + piece.rstrip()) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def _fitting(text, width):
    for piece in _pieces(text):
        if text_width(piece.rstrip()) > width:
            yield from piece
        else:
            yield piece


def _pieces(text):
    word = ""
    for sign in text:
        if unicodedata.east_asian_width(sign) in "WF":
            if word:
                yield word
                word = ""
            yield sign
        else:
            word += sign
            if sign == " ":
                yield word
                word = ""
    if word:
        yield word


def nice_steps(low, high, about=4):
    """Axis values: multiples of 1, 2, 2.5 or 5 (times a power of ten) spanning low to
    high."""
    span = (high - low) or 1.0
    power = 10.0 ** floor(log10(span / about))
    step = next(
        (n * power for n in (1, 2, 2.5, 5, 10) if span / (n * power) <= about + 0.5),
        10 * power,
    )
    first, last = floor(low / step), -floor(-high / step)
    return [number * step for number in range(first, last + 1)]


def axis_text(value):
    return f"{value:,.10g}" if abs(value) < 1e9 else f"{value:,.0f}"


class Layout:
    """The geometry of one panel in user units; y grows downwards."""

    def __init__(self, panel, width):
        self.panel, self.width = panel, width
        self.is_narrow = width < WIDE
        self.moments = []
        self._arrange_heading()
        if panel.is_share:
            self._arrange_share()
        else:
            self._arrange_time()

    def _arrange_heading(self):
        y = 13 if self.panel.unit else 0
        self.heading = []
        lines = self.panel.lines
        self._is_at_end = not self.is_narrow and len(lines) > 1
        for series in self.panel.series:
            if self._is_at_end and series in lines:
                continue
            if series.kind == "part" and not series.title:
                continue
            rows = []
            for text in wrapped(series.title, self.width - 26):
                y += LINE + 2
                rows.append((y, text))
            self.heading.append((series, 0, rows))
        self.ceiling, self.top = y + 4, y + 12
        self.ends = []

    def _arrange_time(self):
        panel = self.panel
        values = [float(mark.value) for mark in panel.marks] or [0.0]
        steps = nice_steps(min(0.0, *values), max(0.0, *values))
        self._low, self._high = steps[0], steps[-1]
        self.grid = [(value, axis_text(value)) for value in steps]
        has_notes = any(mark.note for mark in panel.marks)
        self.moment_y = self.top + 4
        self.top += 16 if panel.moments else 0
        self.top += 32 if has_notes else 18
        # Labels of adjacent bars may have to be placed one above the other.
        self.top += 15 if len(panel.bars) > 1 else 0
        self.plot_bottom = self.top + PLOT_HEIGHT[self.is_narrow]
        self.left = max(text_width(text) for _, text in self.grid) + 8
        self.right = self.width - 12
        if self._is_at_end:
            self.right -= min(self.width * 0.28, self._widest_end() + 6)
        self._scale_x()
        self.tick_texts = self._tick_texts()
        self._arrange_moments()
        self.bottom = self.plot_bottom + 22
        if self._is_at_end:
            self._arrange_ends()

    def _widest_end(self):
        return max(
            text_width(line, 13)
            for series in self.panel.lines
            for line in wrapped(series.title, self.width * 0.27)
        )

    def _scale_x(self):
        places = sorted({mark.x for mark in self.panel.marks}) or [0.0]
        first, last = places[0], places[-1]
        gaps = [after - before for before, after in pairwise(places)]
        smallest = min(gaps, default=1.0)
        regular = [mark.step for mark in self.panel.marks if mark.step]
        margin = min([smallest, *regular])
        self._unit = (self.right - self.left) / (last - first + margin)
        self._first = first - margin / 2
        bars = max(len(self.panel.bars), 1)
        self.bar_width = min(smallest * self._unit * 0.8 / bars, BAR_MAX)

    def _arrange_share(self):
        self.left, self.right = 0.0, self.width - 70.0
        self.grid, self.tick_texts = [], []
        self._low, self._high = 0.0, 100.0
        marks = self.panel.marks
        self.bottom = self.plot_bottom = self.top + PART_HEIGHT * len(marks)
        for at, mark in enumerate(marks):
            y = self.top + at * PART_HEIGHT + 13
            self.tick_texts.append((0, y, mark.period, "start"))

    def x(self, position):
        return self.left + (position - self._first) * self._unit

    def y(self, value):
        share = (float(value) - self._low) / ((self._high - self._low) or 1)
        return self.plot_bottom - share * (self.plot_bottom - self.top)

    def bar(self, series, mark):
        """(x, y, width, height) of a bar, which begins at zero."""
        if series.kind == "part":
            y = self.top + series.marks.index(mark) * PART_HEIGHT + 19
            return 0, y, float(mark.value) / 100 * self.right, 18
        bars = self.panel.bars
        offset = bars.index(series) - len(bars) / 2
        x = self.x(mark.x) + offset * self.bar_width
        zero, top = self.y(0), self.y(mark.value)
        return x + 0.5, min(zero, top), self.bar_width - 1, abs(zero - top)

    def path(self, series, run):
        points = [(self.x(mark.x), self.y(mark.value)) for mark in run]
        (x, y), *others = points
        path = f"M{x:.1f} {y:.1f}"
        for x, y in others:
            step = f"H{x:.1f}V{y:.1f}" if series.kind == "step" else f"L{x:.1f} {y:.1f}"
            path += step
        return path

    def _tick_texts(self):
        """The texts below the axis; of two that would touch, the later is left out."""
        placed, free_from = [], -1.0
        for position, text in self.panel.ticks:
            half = text_width(text, 12) / 2
            x = min(max(self.x(position), half), self.width - half)
            if x - half < free_from:
                continue
            placed.append((x, self.plot_bottom + 17, text, "middle"))
            free_from = x + half + 6
        return placed

    def _arrange_moments(self):
        """(x, text, [(number, time)]) of acts and events; neighbours share a line."""
        groups = []
        for moment in sorted(self.panel.moments, key=lambda one: one.x):
            x = self.x(moment.x)
            if not self.left <= x <= self.right:
                continue
            if groups and x - groups[-1][0] < MOMENT_GAP:
                groups[-1][1].append(moment)
            else:
                groups.append((x, [moment]))
        for x, moments in groups:
            numbers = [moment.number for moment in moments]
            text = f"{numbers[0]}–{numbers[-1]}" if numbers[1:] else f"{numbers[0]}"
            self.moments.append((x, text, [(one.number, one.x) for one in moments]))

    def _arrange_ends(self):
        """Names of lines beside their last point, pushed apart where they are close."""
        ends = sorted(
            (
                self.y(series.marks[-1].value) - 2,
                number,
                series,
                wrapped(series.title, self.width * 0.27),
            )
            for number, series in enumerate(self.panel.lines)
            if series.marks
        )
        floor_at = self.top
        for y, _number, series, lines in ends:
            height = max(y, floor_at)
            self.ends.append((series, self.right + 10, height, lines))
            floor_at = height + len(lines) * 15 + 3
        self.bottom = max(self.bottom, floor_at)
