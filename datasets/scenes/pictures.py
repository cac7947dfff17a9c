"""A scene as a stand-alone picture: an SVG file, and the PNG made from it."""

import resvg_py
from pylopdf_fonts_zh_cn import sans_path

from .colours import DARK, FILE_FONT, LIGHT
from .elements import escape, tag
from .layout import text_width, wrapped
from .svg import PanelDrawing

WIDTH, MARGIN, GAP = 760, 28, 24
SCHEMES = {"light": LIGHT, "dark": DARK}


def scene_svg(scene, *, subtitle="", foot=(), scheme="light") -> str:
    """The whole chart with title, source and version.

    Colours are literal and the font is named, for programs that know no style sheet.
    """
    colours, inner = SCHEMES[scheme], WIDTH - 2 * MARGIN
    parts, y = [], float(MARGIN)
    texts = [(scene.title, 21, colours.ink, 700), (subtitle, 15, colours.muted, None)]
    for text, size, fill, weight in texts:
        for line in wrapped_to(text, inner, size):
            y += size * 1.35
            parts.append(_text(line, y, size, fill, weight))
    y += 10
    for number, panel in enumerate(scene.panels):
        content, height = PanelDrawing(panel, inner, colours, f"p{number}").draw()
        parts.append(tag("g", content, transform=f"translate({MARGIN} {y:.0f})"))
        y += height + GAP
    for text in filter(None, foot):
        for line in wrapped_to(text, inner, 12.5):
            y += 18
            parts.append(_text(line, y, 12.5, colours.muted, None))
    height = round(y + MARGIN)
    ground = tag("rect", width=WIDTH, height=height, fill=colours.surface)
    return tag(
        "svg",
        tag("title", escape(scene.title)),
        tag("desc", escape(scene.summary)),
        ground,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=height,
        viewBox=f"0 0 {WIDTH} {height}",
        font_family=colours.font,
    )


def _text(line, y, size, fill, weight):
    return tag(
        "text",
        escape(line),
        x=MARGIN,
        y=y,
        font_size=size,
        fill=fill,
        font_weight=weight,
    )


def wrapped_to(text, width, size):
    """The text in lines for a font of `size`."""
    return (
        wrapped(text, width * text_width("0") / text_width("0", size)) if text else []
    )


def png(svg: str, *, zoom: float = 2) -> bytes:
    """The picture as PNG, with the font that comes with the site and no other."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(sans_path())],
            font_family=FILE_FONT,
            sans_serif_family=FILE_FONT,
        )
    )
