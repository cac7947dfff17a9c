"""Finds passages of a page in the other language that are not marked as such."""

import re
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# A title cannot contain elements.
SILENT = {"script", "style", "code", "title"}
READ_OUT = ("title", "aria-label", "alt", "placeholder")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names, units and formulas are one or two words; three in a row are a phrase.
ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,]+[a-z]{2,}[ ,]+[a-z]{2,}")


class Passages(HTMLParser):
    """Collects the texts of a page that are not in the language of their element."""

    def __init__(self):
        super().__init__()
        self.open, self.unmarked = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.open.append((tag, attributes.get("lang")))
        for name in READ_OUT:
            self.read(attributes.get(name) or "", attributes.get("lang"))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(tag in SILENT for tag, _lang in self.open):
            self.read(data)

    def read(self, text, lang=None):
        lang = lang or next((lang for _tag, lang in reversed(self.open) if lang), "")
        is_chinese = CHINESE.search(text)
        is_unmarked = is_chinese if lang.startswith("en") else ENGLISH.search(text)
        if is_unmarked and (lang.startswith("en") or not is_chinese):
            self.unmarked.append(" ".join(text.split())[:120])


def unmarked(html):
    passages = Passages()
    passages.feed(html)
    return passages.unmarked
