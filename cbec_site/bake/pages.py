"""Pages of the site as files: links lead to files, and what needs a server is removed.

A page is changed only where necessary: the parser merely reports where tags begin and
end.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urldefrag

# Marks the parts of a template that only a running site can offer.
LIVE = "data-live"
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)
# Attributes that an <a> may have only together with an href.
_BESIDE_HREF = ("href", "hreflang", "rel", "download", "type", "target")
_LINKS = frozenset(("href", "src", "action", "data-chart"))
_MAIN_END = re.compile(r"</main>")

# Gives the relative link for an address of this site as the page has it; None when
# there is no file for it.
LinkTo = Callable[[str], str | None]


class Tag(NamedTuple):
    """A start tag: its position, its source and its attributes."""

    start: int
    text: str
    name: str
    attributes: dict[str, str]


class _Tags(HTMLParser):
    """Collects start tags and the positions where end tags end."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self._lines = [0]
        self._lines += [match.end() for match in re.finditer("\n", html)]
        self.events: list[tuple[int, str, Tag | None]] = []
        self.feed(html)
        self.close()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        text = self.get_starttag_text() or ""
        attributes = {name: value or "" for name, value in attrs}
        self.events.append(
            (self._place(), tag, Tag(self._place(), text, tag, attributes))
        )

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.events.append((self._place(), tag, None))

    def handle_endtag(self, tag):
        self.events.append((self._place(), tag, None))


def links_of(html: str) -> Iterator[str]:
    """The links of a page in order, without the parts that need a server."""
    for tag in _kept_tags(html):
        if isinstance(tag, Tag) and not _is_for_the_live_site(tag):
            for name in _LINKS & tag.attributes.keys():
                yield urldefrag(tag.attributes[name]).url


def rewrite(html: str, link_to: LinkTo, search: str, note: str) -> str:
    """The page as a file.

    `search` is the relative link of the search page and `note` a line of HTML that says
    of which day the page is.
    """
    edits = []
    for part in _kept_tags(html):
        if isinstance(part, Tag):
            new = _rewrite_tag(part, link_to, search)
            if new != part.text:
                edits.append((part.start, part.start + len(part.text), new))
        else:
            edits.append((*part, ""))
    pieces, last = [], 0
    for start, end, new in edits:
        pieces += [html[last:start], new]
        last = end
    page = "".join([*pieces, html[last:]])
    return _MAIN_END.sub(lambda end: note + end[0], page, count=1)


def _kept_tags(html: str) -> Iterator[Tag | tuple[int, int]]:
    """Start tags in order, and where the parts to be removed begin and end."""
    dropped: Tag | None = None
    depth = 0
    for place, name, tag in _Tags(html).events:
        if dropped is not None:
            if name != dropped.name:
                continue
            depth += 1 if tag else -1
            if depth == 0:
                yield dropped.start, html.index(">", place) + 1
                dropped = None
        elif tag is not None:
            if not _needs_server(tag):
                yield tag
            elif tag.name in VOID:
                yield tag.start, tag.start + len(tag.text)
            else:
                dropped, depth = tag, 1


def _needs_server(tag: Tag) -> bool:
    if LIVE in tag.attributes:
        return True
    return tag.name == "form" and tag.attributes.get("role") != "search"


def _is_for_the_live_site(tag: Tag) -> bool:
    """Whether a <link> tells programs of the page's public address."""
    rel = tag.attributes.get("rel") if tag.name == "link" else None
    return rel == "canonical" or (rel == "alternate" and "hreflang" in tag.attributes)


def _rewrite_tag(tag: Tag, link_to: LinkTo, search: str) -> str:
    text = tag.text
    if tag.name == "form":
        return _with_attribute(text, "action", search)
    if _is_for_the_live_site(tag):
        return text
    for name in _LINKS & tag.attributes.keys():
        link = tag.attributes[name]
        if not link or link.startswith("#"):
            continue
        address, fragment = urldefrag(link)
        new = link_to(address)
        if new is None:
            return _without_link(tag)
        if new != address:
            text = _with_attribute(text, name, f"{new}#{fragment}" if fragment else new)
    return text


def _without_link(tag: Tag) -> str:
    if tag.name == "link":
        return ""
    text = tag.text
    for name in _BESIDE_HREF:
        text = _attribute(name).sub("", text)
    return text


def _with_attribute(text: str, name: str, value: str) -> str:
    new = f' {name}="{escape(value)}"'
    return _attribute(name).sub(lambda _old: new, text, count=1)


def _attribute(name: str) -> re.Pattern:
    return re.compile(
        rf"""\s{name}(=("[^"]*"|'[^']*'|[^\s"'>]+))?(?=[\s/>])""", re.IGNORECASE
    )


_XML_LINK = re.compile(r'(<link\b[^>]*?\bhref=")([^"]*)(")')


def rewrite_feed(xml: str, link_to: LinkTo) -> str:
    """A feed whose links lead to files; the ids of its entries stay as they are."""

    def lead(match):
        new = link_to(unescape(match[2]))
        return match[0] if new is None else f"{match[1]}{escape(new)}{match[3]}"

    return _XML_LINK.sub(lead, xml)
