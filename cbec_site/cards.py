"""A picture for each public page, shown wherever its address is shared.

It shows the page's title, its description, and its chart if it has one. Size and
proportions are those that networks expect of Open Graph images.
"""

from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import Http404, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, gettext

from cbec_site.base.addresses import HOME, site_address
from datasets.chart_cells import FigureTable
from datasets.scenes.build import build_scene
from datasets.scenes.colours import LIGHT
from datasets.scenes.elements import escape, tag
from datasets.scenes.pictures import png, wrapped_to
from datasets.scenes.svg import PanelDrawing

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
INNER = WIDTH - 2 * MARGIN
CHART_WIDTH = 820


@dataclass
class Head(HTMLParser):
    """Title and description as the head of a page states them."""

    title: str = ""
    description: str = ""
    _is_in_title: bool = field(default=False, repr=False)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self._is_in_title = tag == "title"
        if tag == "meta" and facts.get("name") == "description":
            self.description = " ".join((facts.get("content") or "").split())

    def handle_endtag(self, tag):
        self._is_in_title = False

    def handle_data(self, data):
        if self._is_in_title:
            self.title += data


def card(request, page):
    """The picture of a page in the language of the address, as PNG.

    `page` is its path without the language; 404 if it is not a public page.
    """
    path = f"/{get_language()}/" + ("" if page == HOME else f"{page}/")
    response = public_page(request, path)
    head = Head()
    head.feed(response.content.decode().partition("</head>")[0])
    title = " ".join(head.title.split())
    title = title.rpartition(" · ")[0] or title
    tables = (response.context_data or {}).values()
    table = next((one for one in tables if isinstance(one, FigureTable)), None)
    site = f"{gettext('CBEC Evidence')} · {site_address(request).partition('//')[2]}"
    drawing = card_svg(title, head.description, site, table)
    return HttpResponse(png(drawing, zoom=1), "image/png")


def public_page(request, path):
    """The public page at a path, as visitors without an account get it."""
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    # Feeds, files and this view itself are not pages.
    if getattr(match.func, "view_class", None) is None:
        raise Http404
    asked = copy(request)
    asked.method, asked.GET = "GET", QueryDict()
    asked.path = asked.path_info = path
    asked.META = request.META | {"PATH_INFO": path, "QUERY_STRING": ""}
    asked.resolver_match = match
    response = match.func(asked, *match.args, **match.kwargs)
    if not hasattr(response, "render") or response.status_code != 200:
        raise Http404
    return response.render()


def card_svg(title, description, site, table=None) -> str:
    """The card as SVG; a table adds the first panel of its chart."""
    scene = build_scene(table) if table is not None else None
    panels = [panel for panel in scene.panels if panel.marks] if scene else []
    parts = [
        tag("rect", width=WIDTH, height=HEIGHT, fill=LIGHT.surface),
        tag("rect", width=WIDTH, height=14, fill=LIGHT.series[0]),
    ]
    size = 40 if panels else 54
    y = float(MARGIN)
    for line in _lines(title, size, 2 if panels else 4):
        y += size * 1.25
        parts.append(_text(line, y, size, LIGHT.ink))
    if panels:
        parts.append(_chart(panels[0], y + 24))
    else:
        y += 18
        for line in _lines(description, 30, 4):
            y += 42
            parts.append(_text(line, y, 30, LIGHT.muted))
    parts.append(_text(site, HEIGHT - 34, 24, LIGHT.series[0]))
    return tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        font_family=LIGHT.font,
    )


def _chart(panel, y):
    content, height = PanelDrawing(panel, CHART_WIDTH, LIGHT, "card").draw()
    scale = min(INNER / CHART_WIDTH, (HEIGHT - 80 - y) / height)
    return tag(
        "g", content, transform=f"translate({MARGIN} {y:.0f}) scale({scale:.3f})"
    )


def _lines(text, size, most):
    """The text in at most this many lines; text that does not fit ends in an
    ellipsis."""
    lines = wrapped_to(text, INNER, size)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip("，,。. ") + "…"]
    return lines


def _text(line, y, size, fill):
    return tag("text", escape(line), x=MARGIN, y=float(y), font_size=size, fill=fill)
