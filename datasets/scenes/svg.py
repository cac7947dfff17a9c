"""A panel of a scene as SVG: real text, colours by variable or literal."""

from html import escape

from django.utils.translation import gettext, pgettext

from cbec_site.base.languages import sign

from .colours import BY_VARIABLE
from .layout import Layout
from .model import DERIVED, ESTIMATED, FORECAST, OFFICIAL, PROVISIONAL

FONT = 13
SMALL = 12


def tag(name, *content, **attributes):
    """An element; underscores in the names of attributes stand for hyphens."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def _number(value):
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


class PanelDrawing:
    """Draws one panel, `width` units wide; `name` makes its patterns' ids unique."""

    def __init__(self, panel, width, colours, name):
        self.panel, self.colours, self.name = panel, colours, name
        self.at = Layout(panel, width)
        self.patterns = {}

    def draw(self):
        """(content, height): the elements of the panel and how high they reach."""
        self.at.place_labels()
        parts = [*self._heading(), *self._axes()]
        parts += [self._series(series) for series in self.panel.series]
        parts += self._labels()
        rows, height = self._key()
        definitions = tag("defs", *self.patterns.values()) if self.patterns else ""
        return definitions + "".join([*parts, *rows]), height

    def text(self, x, y, content, **attributes):
        fill = attributes.pop("fill", self.colours.muted)
        size = attributes.pop("font_size", SMALL)
        return tag(
            "text", escape(content), x=x, y=y, fill=fill, font_size=size, **attributes
        )

    def colour(self, series):
        return self.colours.series[series.colour - 1]

    # Above the plot: the unit, and each series with a sample of its mark.
    def _heading(self):
        parts = []
        if self.panel.unit:
            parts.append(self.text(0, SMALL + 1, self.panel.unit))
        for series, x, lines in self.at.heading:
            for y, line in lines:
                if y == lines[0][0]:
                    parts.append(self._sample(series, x, y))
                parts.append(
                    self.text(
                        x + 26, y, line, fill=self.colour(series), font_weight=600
                    )
                )
        for series, x, y, lines in self.at.ends:
            for number, line in enumerate(lines):
                place = y + number * (SMALL + 3)
                parts.append(
                    self.text(x, place, line, fill=self.colour(series), font_weight=600)
                )
        return parts

    def _sample(self, series, x, y):
        if series.kind in ("line", "step"):
            return self._stroke(series, f"M{x} {y - 4}h20") + self._point(
                series, x + 10, y - 4, ""
            )
        return tag("rect", x=x, y=y - 10, width=20, height=11, **self._fill(series))

    def _axes(self):
        at, parts = self.at, []
        for value, text in at.grid:
            y = at.y(value)
            stroke = self.colours.muted if value == 0 else self.colours.line
            parts.append(
                tag("path", d=f"M{at.left:.1f} {y:.1f}H{at.right:.1f}", stroke=stroke)
            )
            parts.append(self.text(at.left - 6, y + 4, text, text_anchor="end"))
        for x, y, text, anchor in at.tick_texts:
            parts.append(self.text(x, y, text, text_anchor=anchor))
        parts += [
            tag("g", data_tick=f"{x:.4f}", data_text=text)
            for x, text in self.panel.ticks
        ]
        return parts

    def _series(self, series):
        shapes = [
            self._stroke(series, self.at.path(series, run))
            for run in series.runs
            if series.kind in ("line", "step") and len(run) > 1
        ]
        for mark in series.marks:
            run = next(at for at, marks in enumerate(series.runs) if mark in marks)
            shapes.append(self._mark(series, mark, run))
        return tag(
            "g",
            *shapes,
            data_title=series.title,
            data_kind=series.kind,
            data_unit=series.unit,
            data_colour=series.colour,
            data_official="" if not series.is_official else "true",
        )

    def _mark(self, series, mark, run):
        told = (
            f"{series.title}{sign(', ')}{mark.period}{sign(': ')}"
            f"{mark.label} {series.unit}"
        ).strip()
        facts = {
            "data_x": f"{mark.x:.4f}",
            "data_value": f"{mark.value}",
            "data_label": mark.label,
            "data_period": mark.period,
            "data_run": run,
            "data_pattern": mark.pattern or None,
            "data_unused": "true" if mark.is_unused else None,
        }
        title = tag("title", escape(told))
        if series.kind in ("line", "step"):
            x, y = self.at.x(mark.x), self.at.y(mark.value)
            return self._point(series, x, y, title, mark, **facts)
        x, y, width, height = self.at.bar(series, mark)
        fill = self._fill(series, mark)
        return tag("rect", title, x=x, y=y, width=width, height=height, **fill, **facts)

    def _stroke(self, series, path):
        return tag(
            "path",
            d=path,
            fill="none",
            stroke=self.colour(series),
            stroke_width=2.5,
            stroke_dasharray="7 4" if series.is_official else None,
        )

    def _point(self, series, x, y, title, mark=None, **facts):
        """A point of its own shape for each series; hollow where we computed it."""
        is_derived = mark is not None and mark.pattern == DERIVED
        size = 3.2 if mark and mark.is_unused else 4.8
        twice = 2 * size
        arc = f"a{size} {size} 0 1 0"
        shape = {
            1: f"m-{size} 0{arc} {twice} 0{arc} -{twice} 0",
            2: f"m0 -{size}l{size} {size}l-{size} {size}l-{size} -{size}z",
            3: f"m0 -{size}l{size} {twice}h-{twice}z",
            4: f"m-{size} -{size}h{twice}v{twice}h-{twice}z",
        }[series.colour]
        return tag(
            "path",
            title,
            d=f"M{x:.1f} {y:.1f}{shape}",
            fill=self.colours.surface if is_derived else self.colour(series),
            stroke=self.colour(series),
            stroke_width=2,
            **facts,
        )

    def _fill(self, series, mark=None):
        """One meaning a pattern: hatched, dotted, ruled, outlined, faint."""
        colour = self.colour(series)
        if mark and mark.is_unused:
            kind = "unused"
        else:
            kind = OFFICIAL if series.is_official else mark and mark.pattern
        if not kind:
            return {"fill": colour}
        name = f"{self.name}-{kind}-{series.colour}"
        self.patterns.setdefault(
            name, pattern(name, kind, colour, self.colours.surface)
        )
        return {"fill": f"url(#{name})", "stroke": colour, "stroke_width": 1.5}

    def _labels(self):
        return [
            self.text(
                x,
                y,
                content,
                text_anchor="middle",
                fill=self.colours.muted
                if is_note
                else self.colours.ink
                if series.kind in ("bar", "part")
                else self.colour(series),
                font_weight=None if is_note else 600,
                stroke=self.colours.surface,
                stroke_width=3,
                stroke_linejoin="round",
                paint_order="stroke",
            )
            for series, x, y, content, is_note in self.at.labels
        ]

    def _key(self):
        """Below the plot, what each pattern, letter and sign that occurs means."""
        y, rows = self.at.bottom, []
        for kind, word in self._meanings():
            y += 18
            rows += [self._key_sample(kind, y), self.text(26, y, word)]
        return rows, y + 8

    def _key_sample(self, kind, y):
        colours, drawn = self.colours, {}
        if len(kind) <= 2:
            return self.text(0, y, kind, font_weight=600)
        if kind == "line":
            drawn = {"d": f"M0 {y - 4:.1f}h20", "stroke_dasharray": "7 4"}
        elif kind == "hollow":
            drawn = {"d": f"M5 {y - 4:.1f}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0"}
        if drawn:
            return tag(
                "path", **drawn, fill="none", stroke=colours.muted, stroke_width=2
            )
        name = f"{self.name}-{kind}-key"
        tile = pattern(name, kind, colours.muted, colours.surface)
        self.patterns.setdefault(name, tile)
        fill = {"fill": f"url(#{name})", "stroke": colours.muted}
        return tag("rect", x=0, y=y - 10, width=20, height=11, **fill)

    def _meanings(self):
        """(pattern, letter or sign; its meaning), each once."""
        bars, lines = self.panel.bars, self.panel.lines
        shapes = [
            mark
            for one in self.panel.series
            if one not in lines
            for mark in one.marks
            if not one.is_official
        ]
        official = gettext("official publication")
        derived = gettext("computed by us from the other values")
        found = []
        if any(series.is_official for series in bars):
            found.append((OFFICIAL, official))
        elif any(series.is_official for series in lines):
            found.append(("line", official))
        if any(mark.pattern == DERIVED for one in lines for mark in one.marks):
            found.append(("hollow", derived))
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
                found.append((kind, f"{letter} {word}" if letter else word))
        if any(mark.is_unused for mark in self.panel.marks):
            found.append(("unused", gettext("not used in the computation")))
        statuses = {mark.status: mark.meaning for mark in self.panel.marks}
        told = {"", *letters.values()}
        found += sorted((code, statuses[code]) for code in statuses.keys() - told)
        if self.panel.note_title and any(mark.note for mark in self.panel.marks):
            found.append(("+%", self.panel.note_title))
        return found


def pattern(name, kind, colour, surface):
    """The tile of a pattern: one drawing for each meaning."""
    drawings = {
        OFFICIAL: ("M-2 10L10 -2M-2 2L2 -2M6 10L10 6", 2.2),
        ESTIMATED: ("M2 2h2M6 6h2", 2.2),
        PROVISIONAL: ("M0 2h8M0 6h8", 1.6),
        FORECAST: ("", 0),
        DERIVED: ("M2 0v8M6 0v8", 1.2),
        "unused": ("M-2 -2L10 10M-2 6L2 10M6 -2L10 2", 0.8),
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


def panel_svg(scene, panel, width, name, colours=BY_VARIABLE):
    """One panel as an element of a page, told by the scene's title and summary."""
    content, height = PanelDrawing(panel, width, colours, name).draw()
    told = pgettext("title, then a sentence", "%(title)s. %(summary)s") % {
        "title": scene.title,
        "summary": scene.summary,
    }
    return tag(
        "svg",
        content,
        viewBox=f"0 0 {width} {height:.0f}",
        role="img",
        aria_label=told,
        data_share="true" if panel.is_share else None,
    )
