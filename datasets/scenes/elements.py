"""SVG elements as text, escaped as they are written."""

import html

from cbec_site.base.characters import without_control


def escape(text):
    """A text as it is written in XML, which allows no control characters."""
    return html.escape(without_control(text))


def tag(name, *content, **attributes):
    """An element; underscores in the names of attributes stand for hyphens."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def _number(value):
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
