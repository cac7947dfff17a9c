"""Reads Markdown that binds numbers: its plain text, its bindings, what is unbound.

`[109%](claim:C07)` and `[13亿元](obs:gz_cbec_2019)` are ordinary Markdown links. This
module does not know what the codes stand for: `texts` looks them up and writes the
HTML.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cbec_site.base.markdown import make_parser
from swot.checking.parity import Parity, compare
from swot.checking.quantities import Quantity, scan

KINDS = ("claim", "obs")

# How an editor excludes a number: the 2 of [2](not:statistic) is no statistic.
DISMISSED = "not:statistic"
BOUND = re.compile(rf"({'|'.join(KINDS)}):([\w.-]{{1,64}})\Z", re.ASCII)
_SCHEME = re.compile(r"(?!https?:|mailto:)[a-z][a-z\d+.-]*:", re.IGNORECASE)

_parser = make_parser()


@dataclass(frozen=True)
class Binding:
    """A stretch of the plain text bound to a claim or an observation ("obs")."""

    start: int
    end: int
    kind: str
    code: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of the plain text that an editor has marked as no statistic."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Prose:
    """A text without markup, its bindings, and what is marked as no statistic."""

    plain: str
    bindings: tuple[Binding, ...]
    dismissed: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """The quantities of a text and those among them that are bound to nothing.

    What an editor has marked as no statistic is left out.
    """

    found: tuple[Quantity, ...]
    unbound: tuple[Quantity, ...]

    @property
    def bound_count(self) -> int:
        return len(self.found) - len(self.unbound)

    @property
    def percent(self) -> int:
        """The percentage that is bound; 100 only if all are bound or there are none."""
        return 100 * self.bound_count // len(self.found) if self.found else 100

    @property
    def is_complete(self) -> bool:
        return not self.unbound


def bound_codes(text: str) -> list[tuple[str, str]]:
    """What a text is bound to, in order: ("claim", "C07"), ("obs", "gz_cbec_2019")."""
    return [(binding.kind, binding.code) for binding in read(text).bindings]


def plain_text(text: str) -> str:
    """The text without any markup, for descriptions, feeds and search."""
    return read(text).plain


@lru_cache(maxsize=1024)
def read(text: str) -> Prose:
    """The plain text of Markdown, one line per block, and its bindings."""
    parts, bindings, dismissed, length = [], [], [], 0
    for block in _parser.parse(text or ""):
        if block.type != "inline":
            continue
        if parts:
            parts.append("\n")
            length += 1
        plain, links = inline(block.children)
        for index, (start, end) in links:
            href = block.children[index].attrs.get("href", "")
            span = (length + start, length + end)
            if match := BOUND.match(href):
                bindings.append(Binding(*span, match[1], match[2]))
            elif href == DISMISSED:
                dismissed.append(Stretch(*span, plain[start:end]))
        parts.append(plain)
        length += len(plain)
    return Prose("".join(parts), tuple(bindings), tuple(dismissed))


def inline(tokens) -> tuple[str, list[tuple[int, tuple[int, int]]]]:
    """The plain text of a block's tokens, and its links in the order they close.

    Each link has the index of its opening token, its start and its end.
    """
    parts, opened, links, length = [], [], [], 0
    for index, token in enumerate(tokens):
        if token.type == "link_open":
            opened.append((index, length))
        elif token.type == "link_close":
            opening, start = opened.pop()
            links.append((opening, (start, length)))
        else:
            content = _content(token)
            parts.append(content)
            length += len(content)
    return "".join(parts), links


@lru_cache(maxsize=1024)
def coverage(text: str, language: str) -> Coverage:
    """Which numbers of a text are bound; positions are those of its plain text."""
    prose = read(text)
    quantities = tuple(
        quantity
        for quantity in scan(prose.plain, language).quantities
        if not covers(prose.dismissed, quantity)
    )
    unbound = tuple(q for q in quantities if not covers(prose.bindings, q))
    return Coverage(quantities, unbound)


def covers(stretches: Iterable[Binding | Stretch], quantity: Quantity) -> bool:
    """Whether one of the stretches overlaps the number."""
    return any(s.start < quantity.end and quantity.start < s.end for s in stretches)


def parity(text_zh: str, text_en: str) -> Parity:
    """Whether both languages bind the same codes and state the same other numbers."""
    return compare(
        [":".join(code) for code in bound_codes(text_zh)],
        coverage(text_zh, "zh-hans").unbound,
        [":".join(code) for code in bound_codes(text_en)],
        coverage(text_en, "en").unbound,
    )


def odd_links(text: str) -> list[str]:
    """Links that lead nowhere: mistyped bindings such as (obs:a b)."""
    return [
        href
        for block in _parser.parse(text or "")
        for token in block.children or ()
        if token.type == "link_open"
        and (href := str(token.attrs.get("href", "")))
        and _SCHEME.match(href)
        and not BOUND.match(href)
        and href != DISMISSED
    ]


def _content(token):
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    # Code quotes something; it states nothing.
    return " " * len(token.content) if token.type == "code_inline" else token.content
