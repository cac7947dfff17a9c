"""Charts of public pages: a figure's table as pictures that need no script."""

from html import escape
from zlib import crc32

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from cbec_site.base.kept import kept_part
from cbec_site.base.reads import state_of

from ..scenes.build import build_scene
from ..scenes.svg import key_svg, panel_svg

NARROW, WIDE = 340, 640

register = template.Library()


@register.simple_tag
def drawn(table, title):
    """The pictures of the table's chart, for phones and for larger screens.

    Everything in them is escaped where it is drawn.
    """
    title = str(title)
    scene = build_scene(table, title)
    name = f"c{crc32((title + scene.summary).encode()):x}"
    # Every text and attribute in these is escaped where it is drawn (scenes/svg.py).
    panels = [
        {
            "narrow": mark_safe(panel_svg(scene, panel, NARROW, f"{name}-{number}n")),  # noqa: S308
            "wide": mark_safe(panel_svg(scene, panel, WIDE, f"{name}-{number}w")),  # noqa: S308
            "summary": panel.summary,
            "key": mark_safe(key_svg(panel, NARROW, f"{name}-{number}k")),  # noqa: S308
        }
        for number, panel in enumerate(scene.panels)
        if panel.marks
    ]
    return {"panels": panels, "summary": scene.summary}


@register.simple_tag
def play_form(chart, path):
    """The form with the state of a chart: HTML; `path` is the address of its page.

    Kept for the initial state, which most readers see: it may offer hundreds of
    regions.
    """

    def render():
        context = {"chart": chart, "path": path}
        return render_to_string("datasets/_play.html", context)

    if chart.query or chart.is_table or chart.form.is_refused:
        return render()
    return kept_part(("play form", path, state_of(vars(chart.form.offer))), render)


# What a page that embeds a chart needs: the frame, and a line to fit its height.
EMBED = """<iframe src="{address}" title="{title}" width="100%" height="560" \
loading="lazy"></iframe>
<script>addEventListener("message", (told) => {{
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === told.source && told.data.chartHeight) {{
      frame.height = told.data.chartHeight;
      frame.style.border = 0;
    }}
}})</script>"""


@register.simple_tag
def embed_code(address, title):
    """The code that shows the chart of `address` elsewhere, as text to copy."""
    return EMBED.format(address=escape(address), title=escape(title))
