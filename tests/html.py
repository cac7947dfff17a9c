"""HTML as a reader sees it: where templates break their lines does not count."""

import re


def breakable(html):
    """The same HTML without the elements that keep words whole at the end of a line."""
    return re.sub(r'<span class="whole">(.*?)</span>', r"\1", html)


def on_one_line(html):
    """The same HTML with runs of white space as one blank, and none between tags."""
    html = re.sub(r"\s+", " ", breakable(html))
    return html.replace(" >", ">").replace("> <", "><")
