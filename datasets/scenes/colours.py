"""The colours and fonts of charts: by variable of a page, or as a file has them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """Colour of each role, and the fonts that texts ask for."""

    ink: str
    muted: str
    line: str
    surface: str
    series: tuple
    font: str


FILE_FONT = "Noto Sans SC"
BY_VARIABLE = Colours(
    "var(--ink)",
    "var(--muted)",
    "var(--line)",
    "var(--surface)",
    tuple(f"var(--chart-{number})" for number in range(1, 5)),
    "inherit",
)
# The same values as in static/css/tokens.css; a test compares them.
LIGHT = Colours(
    "#1b2126",
    "#57606a",
    "#d9d6cc",
    "#ffffff",
    ("#1f6391", "#b85a12", "#00705a", "#862664"),
    f"{FILE_FONT}, sans-serif",
)
DARK = Colours(
    "#eceae4",
    "#a9b2ba",
    "#364049",
    "#1c2227",
    ("#6db3e2", "#f2a55c", "#5fcfb0", "#eb9ccb"),
    f"{FILE_FONT}, sans-serif",
)
