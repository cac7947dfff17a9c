"""Charts of public pages: a figure's table as pictures that need no script."""

from zlib import crc32

from django import template
from django.utils.safestring import mark_safe

from ..scenes.build import build_scene
from ..scenes.svg import panel_svg

NARROW, WIDE = 340, 640

register = template.Library()


@register.simple_tag
def panels(table, title):
    """For each panel of the table's chart its picture for phones and for screens.

    Everything in them is escaped where it is drawn.
    """
    title = str(title)
    scene = build_scene(table, title)
    name = f"c{crc32((title + scene.summary).encode()):x}"
    # Every text and attribute in these is escaped where it is drawn (scenes/svg.py).
    return [
        {
            "narrow": mark_safe(panel_svg(scene, panel, NARROW, f"{name}-{number}n")),  # noqa: S308
            "wide": mark_safe(panel_svg(scene, panel, WIDE, f"{name}-{number}w")),  # noqa: S308
            "summary": scene.summary,
        }
        for number, panel in enumerate(scene.panels)
    ]
