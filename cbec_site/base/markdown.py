"""Markdown that editors write, turned into HTML that is safe to show."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize

_TAGS = {
    "a", "blockquote", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}


_CLOSING, _OPENING = frozenset("。，、；：？！）》」』”’"), frozenset("（《「『“‘")


def make_parser() -> MarkdownIt:
    """The Markdown that editors may write: CommonMark and tables, no HTML.

    Emphasis also ends after a Chinese sign and begins before one where no space parts
    it from the next word, as in **数据。**研究; CommonMark would print the asterisks.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    known, start = len(state.delimiters), state.pos
    if not tokenize(state, silent):
        return False
    before, after = state.src[:start][-1:], state.src[state.pos :][:1]
    if state.src[start] == "_":
        return True
    for mark in state.delimiters[known:]:
        mark.close = mark.close or before in _CLOSING
        mark.open = mark.open or after in _OPENING
    return True


_parser = make_parser()


def render_markdown(text: str) -> SafeString:
    """Turn Markdown into HTML of a few harmless elements; "" gives ""."""
    return clean_html(_parser.render(text or ""))


def clean_html(
    html: str,
    attributes: dict[str, set[str]] | None = None,
    classes: dict[str, set[str]] | None = None,
) -> SafeString:
    """Keep the elements of prose, drop everything else; the result is safe to show.

    Elements named in `attributes` and `classes` are kept too, with these only.
    """
    more, classes = attributes or {}, classes or {}
    names = _ATTRIBUTES.keys() | more.keys()
    # nh3 has removed scripts, handlers and foreign schemes: this is the one place
    # where prose becomes markup.
    return SafeString(
        nh3.clean(
            html,
            tags=_TAGS | more.keys() | classes.keys(),
            attributes={
                name: _ATTRIBUTES.get(name, set()) | more.get(name, set())
                for name in names
            },
            allowed_classes=classes,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener",
        )
    )
