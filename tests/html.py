"""HTML as a reader sees it: where templates break their lines does not count."""

import re


def on_one_line(html):
    """The same HTML with each run of blanks as one, and none between tags."""
    html = re.sub(r"\s+", " ", html)
    return html.replace(" >", ">").replace("> <", "><")
