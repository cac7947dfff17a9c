"""Where everything of a panel goes: axis, marks, and labels that never collide."""

import unicodedata
from itertools import pairwise
from math import floor, hypot, log10

FONT = 12.5
LINE = 16
PLOT_HEIGHT = {True: 170, False: 210}
WIDE = 500
BAR_MAX = 44
PART_HEIGHT = 46
MOMENT_GAP = 34


def text_width(text, size=FONT):
    """About how wide a text is: Chinese an em a sign, Latin and digits less."""
    ems = sum(
        1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text
    )
    return ems * size


def wrapped(text, width):
    """The text in lines of at most `width`.

    Chinese breaks anywhere, a word only where it is wider than a line.
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
    """Values of the axis: multiples of 1, 2, 2.5 or 5 that span low to high."""
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
        self.labels, self.moments, self._taken = [], [], []
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
        self.top = y + 12
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
        """(x, y, width, height) of a bar; each begins at zero."""
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
        """Texts below the axis; of two that would touch, the later is left out."""
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

    def place_labels(self):
        """Write each value at its mark where there is room; the table has them all.

        The last, first and highest value of a series come first, bars before lines.
        """
        if self.panel.is_share:
            for series in self.panel.series:
                for mark in series.marks:
                    x, y, width, _ = self.bar(series, mark)
                    text = f"{mark.label}{series.unit}"
                    half = text_width(text) / 2
                    self.labels.append(
                        (series, x + width + half + 6, y + 14, text, False)
                    )
            return
        self._taken += [
            (x, y - 14, x + max(map(text_width, lines)), y + 15 * len(lines) - 12)
            for _, x, y, lines in self.ends
        ]
        self._taken += [
            (x - text_width(text, 12) / 2, y - 10, x + text_width(text, 12) / 2, y + 2)
            for x, y, text, _anchor in self.tick_texts
        ]
        self._taken += [
            (0.0, self.y(value) - 8, self.left - 4, self.y(value) + 7)
            for value, _text in self.grid
        ]
        self._taken += [
            (x - text_width(text) / 2, self.moment_y - 12, x + text_width(text) / 2, y)
            for x, text, _numbers in self.moments
            for y in [self.moment_y + 3]
        ]
        for series in self.panel.lines:
            self._taken += [self._point_box(series, mark) for mark in series.marks]
            for run in series.runs:
                self._taken += self._line_boxes(series, run)
        for series in [*self.panel.bars, *self.panel.lines]:
            for mark in self._by_importance(series):
                self._place(series, mark)

    def _point_box(self, series, mark):
        x, y = self.x(mark.x), self.y(mark.value)
        return x - 4, y - 4, x + 4, y + 4

    def _line_boxes(self, series, run):
        """Small boxes along a line, so that no label is written across it."""
        points = [(self.x(mark.x), self.y(mark.value)) for mark in run]
        boxes = []
        for (x, y), (to_x, to_y) in pairwise(points):
            corners = [(x, y), (to_x, to_y)]
            if series.kind == "step":
                corners.insert(1, (to_x, y))
            for (x1, y1), (x2, y2) in pairwise(corners):
                count = max(int(hypot(x2 - x1, y2 - y1) / 5), 1)
                for at in range(count + 1):
                    px = x1 + (x2 - x1) * at / count
                    py = y1 + (y2 - y1) * at / count
                    boxes.append((px - 1.5, py - 1.5, px + 1.5, py + 1.5))
        return boxes

    @staticmethod
    def _by_importance(series):
        marks = series.marks
        if not marks:
            return []
        peak = max(marks, key=lambda mark: mark.value)
        chosen = [marks[-1], marks[0], peak, *marks]
        return list(dict.fromkeys(chosen))

    def _place(self, series, mark):
        text = f"{mark.label} {mark.status}".strip()
        half = text_width(text) / 2
        x = self.x(mark.x)
        if series.kind == "bar":
            left, _, width, _ = self.bar(series, mark)
            x = left + width / 2
        x = min(max(x, half), self.width - half)
        y = self.y(mark.value)
        places = [(x, y - 7 if mark.value >= 0 else y + 16)]
        if series.kind != "bar":
            places = [(x, y - 9), (x, y + 19), (x - half - 8, y - 2)]
            places += [(x + half + 8, y + 10)]
        note = mark.note and [(x, y - 6, mark.note, True)]
        if note:
            places = [(x, y - 21)]
        for x, position in places:
            if position > self.plot_bottom - 3 and mark.value >= 0:
                continue
            boxes = [(x - half, position - 10, x + half, position + 2)]
            if note:
                wide = text_width(mark.note) / 2
                boxes.append((x - wide, y - 17, x + wide, y - 3))
            if any(self._is_taken(box) for box in boxes):
                continue
            if not self._belongs(series, mark, x, position - 4):
                continue
            self._taken += boxes
            self.labels.append((series, x, position, text, False))
            self.labels += [(series, *one) for one in note or ()]
            return

    def _belongs(self, series, mark, x, y):
        """Whether no mark of another series is nearer to a label than its own."""
        own = self._distance(series, mark, x, y)
        return all(
            self._distance(other, one, x, y) > own
            for other in self.panel.series
            if other is not series
            for one in other.marks
        )

    def _distance(self, series, mark, x, y):
        place = self.x(mark.x)
        if series.kind == "bar":
            left, _top, width, _height = self.bar(series, mark)
            place = left + width / 2
        return hypot(place - x, self.y(mark.value) - y)

    def _is_taken(self, box):
        left, top, right, bottom = box
        return any(
            left < other[2]
            and other[0] < right
            and top < other[3]
            and other[1] < bottom
            for other in self._taken
        )
