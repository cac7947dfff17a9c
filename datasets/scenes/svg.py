"""A panel of a scene as SVG: real text, colours by variable or literal."""

from django.utils.translation import gettext, ngettext, pgettext

from cbec_site.base.languages import sign

from .colours import BY_VARIABLE
from .elements import escape, tag
from .keys import UNUSED, meanings, pattern
from .labels import Labels
from .layout import Layout, wrapped
from .model import DERIVED, OFFICIAL

FONT = 13
SMALL = 12
LEADER_FROM = 10


class PanelDrawing:
    """Draws one panel, `width` units wide; `name` makes its patterns' ids unique."""

    def __init__(self, panel, width, colours, name):
        self.panel, self.colours, self.name = panel, colours, name
        self.at = Layout(panel, width)
        self.patterns = {}

    def draw(self):
        """(content, height): the elements of the panel and how high they reach."""
        labels = Labels(self.at)
        parts = [*self._heading(), *self._axes(), *self._moments()]
        parts += [self._series(series) for series in self.panel.series]
        parts += self._labels(labels)
        rows, height = self.key(self.at.bottom)
        told, height = self._missing(len(labels.missing), height)
        rows += told
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
            parts += self._leader(series, x, y)
            for number, line in enumerate(lines):
                baseline = y + number * (SMALL + 3)
                parts.append(
                    self.text(
                        x, baseline, line, fill=self.colour(series), font_weight=600
                    )
                )
        return parts

    def _leader(self, series, x, y):
        """A thin line from the end of a line to its name, if the name had to be
        moved."""
        last = series.marks[-1]
        from_x, from_y = self.at.x(last.x) + 7, self.at.y(last.value)
        if abs(from_y - y + 4) < LEADER_FROM and x - from_x < LEADER_FROM * 2:
            return []
        path = f"M{from_x:.1f} {from_y:.1f}L{x - 4:.1f} {y - 4:.1f}"
        return [tag("path", d=path, stroke=self.colour(series), stroke_width=0.8)]

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

    def _moments(self):
        """A thin line at each policy or event, below its number in the list."""
        parts = []
        for x, text, numbers in self.at.moments:
            parts += [
                tag(
                    "path",
                    d=f"M{x:.1f} {self.at.moment_y + 4:.1f}V{self.at.plot_bottom:.1f}",
                    stroke=self.colours.muted,
                    stroke_dasharray="2 4",
                ),
                self.text(x, self.at.moment_y, text, text_anchor="middle"),
            ]
            parts += [
                tag("g", data_moment=number, data_x=f"{place:.4f}")
                for number, place in numbers
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
        gap = " " if series.unit[:1].isascii() and series.unit != "%" else ""
        told = (
            f"{series.title}{sign(', ')}{mark.period}{sign(': ')}"
            f"{mark.label}{gap}{series.unit}"
        ).strip()
        if mark.former:
            revised = gettext("revised; first published as %(value)s")
            told += sign("; ") + revised % {"value": mark.former}
        facts = {
            "data_x": f"{mark.x:.4f}",
            "data_value": f"{mark.value}",
            "data_label": mark.label,
            "data_period": mark.period,
            "data_run": run,
            "data_pattern": mark.pattern or None,
            "data_unused": "true" if mark.is_unused else None,
            "data_status": mark.status,
            "data_meaning": mark.meaning,
            "data_note": mark.note,
            "data_former": mark.former,
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
        """A point with a shape for each series; hollow if we computed the value."""
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
        """The patterns, each with one meaning: hatched, dotted, ruled, outlined,
        faint."""
        colour = self.colour(series)
        if mark and mark.is_unused:
            kind = UNUSED
        else:
            kind = OFFICIAL if series.is_official else mark and mark.pattern
        if not kind:
            return {"fill": colour}
        name = f"{self.name}-{kind}-{series.colour}"
        self.patterns.setdefault(
            name, pattern(name, kind, colour, self.colours.surface)
        )
        return {"fill": f"url(#{name})", "stroke": colour, "stroke_width": 1.5}

    def _labels(self, labels):
        leaders = [
            tag(
                "path",
                d=f"M{one.x:.1f} {one.y:.1f}V{one.to_y:.1f}",
                stroke=self.colour(one.series),
                stroke_width=0.8,
            )
            for one in labels.leaders
        ]
        return leaders + [
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
            for series, x, y, content, is_note in labels.written
        ]

    def _missing(self, count, y):
        """(rows, height): how many values are not written at their mark, below the
        key."""
        if not count:
            return [], y
        told = ngettext(
            "%(count)d value not labelled for lack of space",
            "%(count)d values not labelled for lack of space",
            count,
        ) % {"count": count}
        rows = []
        for line in wrapped(told, self.at.width):
            y += 16
            rows.append(self.text(0, y - 4, line))
        return rows, y

    def key(self, y=0.0):
        """(rows, height): the meaning of each pattern, letter and sign that occurs."""
        rows = []
        for kind, word in meanings(self.panel):
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


def panel_svg(scene, panel, width, name, colours=BY_VARIABLE):
    """One panel as an SVG element, labelled by the title and its own summary."""
    content, height = PanelDrawing(panel, width, colours, name).draw()
    told = pgettext("title, then a sentence", "%(title)s. %(summary)s") % {
        "title": scene.title,
        "summary": panel.summary,
    }
    return tag(
        "svg",
        content,
        viewBox=f"0 0 {width} {height:.0f}",
        role="img",
        aria_label=told,
        data_share="true" if panel.is_share else None,
    )


def key_svg(panel, width, name, colours=BY_VARIABLE):
    """The key below a panel's plot, alone; "" if nothing has to be explained."""
    drawing = PanelDrawing(panel, width, colours, name)
    rows, height = drawing.key()
    if not rows:
        return ""
    definitions = tag("defs", *drawing.patterns.values()) if drawing.patterns else ""
    box = f"0 0 {width} {height:.0f}"
    return tag("svg", definitions, *rows, viewBox=box, aria_hidden="true")
