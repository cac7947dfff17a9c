"""Makes the icons that browsers and phones need from the one drawing."""

import struct
from pathlib import Path

import resvg_py
from django.conf import settings
from django.core.management import BaseCommand

FOLDER = Path("static/img")
# Phones round the corners themselves and need an opaque background.
TOUCH, SHORTCUT = 180, 32
GROUND = "#ffffff"


class Command(BaseCommand):
    help = "Draw apple-touch-icon.png and favicon.ico from icon.svg."

    def handle(self, **options):
        folder = Path(settings.BASE_DIR) / FOLDER
        for name, contents in icons((folder / "icon.svg").read_text()).items():
            (folder / name).write_bytes(contents)


def icons(svg: str) -> dict[str, bytes]:
    """The files by their names, always the same for the same drawing."""
    return {
        "apple-touch-icon.png": drawn(svg, TOUCH, GROUND),
        "favicon.ico": icon_file(drawn(svg, SHORTCUT), SHORTCUT),
    }


def drawn(svg: str, size: int, ground: str | None = None) -> bytes:
    """The drawing as a PNG of `size` by `size` pixels."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=size, height=size, background=ground
        )
    )


def icon_file(png: bytes, size: int) -> bytes:
    """An ICO file of one picture: a header, its place, the PNG itself."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22)
    return header + entry + png
