"""The colours and fonts of charts: CSS variables for pages, literals for files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The colour of each role, and the fonts of texts."""

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
    ("#1f6fd0", "#b8520a", "#0c4d36", "#83206f"),
    f"{FILE_FONT}, sans-serif",
)
DARK = Colours(
    "#eceae4",
    "#a9b2ba",
    "#364049",
    "#1c2227",
    ("#6a9df2", "#e8812a", "#6ff0a8", "#f0c4ea"),
    f"{FILE_FONT}, sans-serif",
)
