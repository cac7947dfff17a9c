"""The text of a policy as its page shows it: articles, with the cited passages.

A passage is a quotation from the text that an entry of an analysis uses as evidence;
apps with such passages supply them through `dependents`.
"""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from cbec_site.base.markdown import clean_html, render_markdown

from .dependents import Passage

_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
# Private-use characters stand for the marks while Markdown is turned into HTML.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# What a passage cannot contain, since it would cut through markup or span lines.
MARKUP = re.compile(r"[*_`\[\]()<>#|\\\n\r]")


@dataclass(frozen=True)
class Article:
    """A heading and the text under it; the part before the first heading has none."""

    anchor: str
    heading: str
    html: SafeString


def articles(text: str, passages: list[Passage], language: str) -> list[Article]:
    """The text as articles, safe to show, each passage marked and linked.

    `language` distinguishes the anchors of two texts on one page.
    """
    text = _PRIVATE.sub("", text or "").strip()
    if not text:
        return []
    text, marked = _marked(text, passages)
    waiting = iter(marked)
    parts = _HEADING.split(text)
    headed = list(zip(["", *parts[1::2]], parts[0::2], strict=True))
    return [
        Article(
            f"text-{language}-{number}",
            re.sub(f"[{_OPEN}{_CLOSE}]", "", heading),
            _linked(render_markdown(body), waiting),
        )
        for number, (heading, body) in enumerate(headed)
        if heading or body.strip()
    ]


def is_within(words: str, *texts: str | None) -> bool:
    """Whether one of the texts has these words on one line."""
    return bool(words) and any(words in (text or "") for text in texts)


def _marked(text, passages):
    """The text with each passage between marks, and the passages in order."""
    places, end = [], 0
    for passage in passages:
        start = text.find(passage.words) if passage.words else -1
        if start >= 0 and not MARKUP.search(passage.words):
            places.append((start, start + len(passage.words), passage))
    marked = []
    pieces = []
    for start, stop, passage in sorted(places, key=lambda place: place[:2]):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if start < end or line.startswith("#"):
            continue  # overlaps the one before, or stands in a heading
        pieces += [text[end:start], _OPEN, text[start:stop], _CLOSE]
        marked.append(passage)
        end = stop
    return "".join([*pieces, text[end:]]), marked


def _linked(html, waiting):
    """HTML with the marks turned into <mark> and a link to the entry."""
    if _OPEN not in html:
        return html

    def close(_match):
        passage = next(waiting)
        return (
            f'</mark> <a class="note" href="{escape(passage.url)}">'
            f"{escape(passage.code)}</a>"
        )

    html = html.replace(_OPEN, "<mark>")
    return clean_html(re.sub(_CLOSE, close, html), {"mark": set()}, {"a": {"note"}})
