"""The Dockerfile as a list of steps."""

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT


@dataclass(frozen=True)
class Step:
    stage: str
    name: str
    text: str


def steps() -> list[Step]:
    """What the Dockerfile does, one instruction after the other."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\s*\\\n\s*", " ", text)
    found, stage = [], ""
    for line in filter(None, text.splitlines()):
        name, words = line.split(maxsplit=1)
        if name == "FROM":
            stage = words.partition(" AS ")[2]
        found.append(Step(stage, name, words))
    return found


def is_in_context(path: str) -> bool:
    """Whether .dockerignore lets a path, relative to the root, into the image."""
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    parts = Path(path).parts
    starts = ["/".join(parts[: number + 1]) for number in range(len(parts))]
    return not any(
        fnmatch.fnmatch(start, pattern) or f"**/{part}" == pattern
        for pattern in patterns
        for start, part in zip(starts, parts, strict=True)
    )
