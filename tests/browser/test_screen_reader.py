"""What a screen reader finds on three pages is what docs/accessibility.md says.

The walks there are made from Chromium's own accessibility tree; after an intended
change, `make walks` writes them again.
"""

import os
import re

import pytest
from django.conf import settings

from tests.sample_site import LANGUAGES

DOCUMENT = settings.BASE_DIR / "docs" / "accessibility.md"
IS_WRITING = "WRITE_WALKS" in os.environ
LANDMARKS = {
    "banner",
    "complementary",
    "contentinfo",
    "form",
    "main",
    "navigation",
    "region",
    "search",
}
OUTLINE = LANDMARKS | {"heading", "figure", "image", "table"}
CONTROLS = {"button", "checkbox", "columnheader", "combobox", "searchbox"}
CONTROLS |= {"disclosure"}
# Chromium's words for which screen readers use others.
ROLES = {"DisclosureTriangle": "disclosure", "img": "image"}
# What is walked through, and what is written about it.
WALKS = {
    "article": ("swot/analyses/guizhou-cbec-2024/", OUTLINE),
    "chart": ("datasets/figures/f2-guizhou-trade/", OUTLINE | CONTROLS),
    "policy list": ("policies/", OUTLINE | CONTROLS),
}


def walk(page, told):
    """A line for each element in reading order; nested ones are indented."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def lines(node, depth):
        role = node.get("role", {}).get("value", "")
        role = ROLES.get(role, role)
        if role in told and not node["ignored"] and not is_of_browser(node):
            yield "  " * depth + described(role, node)
            depth += role in LANDMARKS | {"figure", "table"}
        for key in node.get("childIds", []):
            if key in by_id:
                yield from lines(by_id[key], depth)

    return list(lines(nodes[0], 0))


def is_of_browser(node):
    """Whether a control is Chromium's own and not of the page."""
    return "date picker" in node.get("name", {}).get("value", "")


def described(role, node):
    """Role, level of a heading, whether it is open, and the name."""
    facts = {one["name"]: one["value"].get("value") for one in node["properties"]}
    words = [role]
    if role == "heading":
        words.append(str(facts["level"]))
    if role == "disclosure":
        words.append("open" if facts.get("expanded") else "closed")
    name = " ".join(node.get("name", {}).get("value", "").split())
    return " ".join([*words, f"“{name}”" if name else "(no name)"])


def block(language, name):
    """Where the document has a walk."""
    return re.compile(rf"(```walk {language} {name}\n)(.*?)(\n```)", re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_walk_is_as_documented(page, site, language):
    for name, (path, told) in WALKS.items():
        page.goto(f"/{language}/{path}")
        found = "\n".join(walk(page, told))
        document = DOCUMENT.read_text(encoding="utf-8")
        place = block(language, name)
        if IS_WRITING:
            written = place.sub(lambda at, new=found: at[1] + new + at[3], document)
            DOCUMENT.write_text(written, encoding="utf-8")
            continue

        assert place.search(document)[2] == found, "meant? `make walks` writes it anew"
        assert "image (no name)" not in found
        assert "table (no name)" not in found
        assert "region (no name)" not in found
        assert "figure (no name)" not in found
        assert found.count("heading 1 ") == 1
