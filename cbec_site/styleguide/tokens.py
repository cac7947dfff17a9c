"""The colours of static/css/tokens.css, and their contrast on each background."""

import re
from dataclasses import dataclass

from django.conf import settings

STYLE_SHEET = settings.BASE_DIR / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
GROUNDS = ("ground", "surface", "sunken")
# Colours that are read on a background of their own.
OWN_GROUNDS = {
    "accent-ink": ("accent",),
    **{letter: (f"{letter}-ground", *GROUNDS) for letter in "swot"},
    **{f"chart-{number}": ("surface",) for number in range(1, 5)},
}
# Colours that are not for text: backgrounds and rules.
NOT_READ = {
    *GROUNDS,
    "line",
    "highlight",
    "shadow",
    *(f"{one}-ground" for one in "swot"),
}
SCHEMES = ("day", "night")


@dataclass(frozen=True)
class Colour:
    """A token: its light and dark value, and its lowest contrast in each scheme.

    Colours that are not for text have no contrast.
    """

    name: str
    written: tuple
    contrasts: tuple

    @property
    def variable(self):
        return f"var(--{self.name})"


def colours() -> list[Colour]:
    """Every colour of the style sheet, in its order."""
    css = STYLE_SHEET.read_text(encoding="utf-8")
    pairs = {name: (day, night) for name, day, night in PAIR.findall(css)}
    return [
        Colour(name, pair, () if name in NOT_READ else _lowest(name, pairs))
        for name, pair in pairs.items()
    ]


def swatches() -> dict:
    """Scheme → (colour, its value there, its lowest contrast or None)."""
    by_scheme = {scheme: [] for scheme in SCHEMES}
    for colour in colours():
        lowest = colour.contrasts or (None,) * len(SCHEMES)
        for scheme, *facts in zip(SCHEMES, colour.written, lowest, strict=True):
            by_scheme[scheme].append((colour, *facts))
    return by_scheme


def _lowest(name, pairs):
    """The lowest contrast of a token on its backgrounds, for each scheme."""
    grounds = OWN_GROUNDS.get(name, GROUNDS)
    return tuple(
        min(contrast(pairs[name][at], pairs[ground][at]) for ground in grounds)
        for at in range(len(SCHEMES))
    )


def contrast(one: str, two: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted(map(_luminance, (one, two)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
