"""Makes a bake: requests each public address, then makes its links lead to files.

Pages are requested in the order of the sitemap, then in the order in which other pages
link to them. Whatever grows with the site is on disk; only one page at a time is in
memory.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_path, override

from cbec_site.base.languages import LANGUAGES
from cbec_site.search import KINDS
from cbec_site.sitemaps import SITEMAPS

from .addresses import HTML, file_of, internal, kind_of, link_between, normal
from .pages import links_of, rewrite, rewrite_feed
from .search_shards import FOLDER, Shards, hit_addresses
from .site import Answer, Site
from .static_files import StaticFiles
from .store import MISSING, STORED, Store

MARK = "bake.json"
FEED = "application/atom+xml"
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")


class BakeError(Exception):
    """The bake cannot be made; the message says why."""


@dataclass(frozen=True)
class Summary:
    """What was made: its day, how many files, and which links lead nowhere."""

    day: date
    files: int
    missing: int
    first_missing: list[tuple[str, str]]


class Bake:
    """One bake of `site` into the empty directory `target`, with notes in `store`.

    With `sample`, at most that many pages of each kind in each language.
    """

    def __init__(self, site: Site, target: Path, store: Store, sample: int = 0):
        self.site, self.target, self.store = site, target, store
        self.sample = sample
        self.day = timezone.localdate()
        self._taken: Counter = Counter()
        self._static = StaticFiles(target)

    def make(self, report: Callable[[str], None] = lambda line: None) -> Summary:
        for address in seeds():
            self._consider(address, "/", "the sitemap")
        while address := self.store.next_waiting():
            self._fetch(address)
        report(f"{self.store.count(STORED)} pages and files")
        shards = Shards(self.target, self.store)
        report(f"{shards.write()} documents can be searched")
        for place in self.store.stored():
            self._finish(place)
        self._write_start()
        self._static.copy()
        missing = self.store.count(MISSING)
        summary = Summary(
            self.day, self.store.count(STORED), missing, self.store.missing(20)
        )
        mark = {"day": str(self.day), "site": self.site.url, "files": summary.files}
        (self.target / MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
        return summary

    def _consider(self, link: str, base: str, named_on: str) -> None:
        """Queue the address that a link on `base` leads to, if a bake contains it."""
        path = internal(link, self.site.url)
        if path is None or link.startswith("#"):
            return
        address = normal(path, base)
        if address.startswith(settings.STATIC_URL) or self.store.knows(address):
            return
        kind = kind_of(address)
        if kind is None:
            return
        if self.sample:
            if self._taken[kind] >= self.sample:
                return
            self._taken[kind] += 1
        self.store.add(address, named_on)

    def _fetch(self, address: str) -> None:
        answer = self.site.ask(address)
        if answer.status == 200:
            self._keep(address, answer)
            return
        for _part in answer.parts:
            pass
        if answer.status in (301, 302, 307, 308):
            self._follow(address, answer.headers["location"])
        elif answer.status < 500:
            self.store.set_missing(address)
        else:
            raise BakeError(f"{address} answers {answer.status}; see the log.")

    def _follow(self, address: str, location: str) -> None:
        path = internal(location, self.site.url)
        if path is None:
            self.store.set_missing(address)
            return
        target = normal(path, address)
        self.store.set_alias(address, target)
        if kind_of(target):
            self.store.add(target, address)

    def _keep(self, address: str, answer: Answer) -> None:
        """Write an answer as it is and, if it is a page, follow its links."""
        file = file_of(address, answer.content_type)
        try:
            self.store.set_stored(address, file, answer.content_type)
        except sqlite3.IntegrityError as error:
            raise BakeError(
                f"{address} has the same file as another: {file}"
            ) from error
        path = self.target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            for part in answer.parts:
                out.write(part)
        if answer.content_type.startswith(HTML):
            for link in links_of(path.read_text(encoding="utf-8")):
                self._consider(link, address, address)

    def _finish(self, place) -> None:
        """Make the links of a stored page or feed lead to files."""
        path = self.target / place.file
        if place.content_type.startswith(HTML):
            language = get_language_from_path(place.address) or settings.LANGUAGE_CODE
            with override(language):
                text = self._page(place, path.read_text(encoding="utf-8"))
        elif place.content_type.startswith(FEED):
            feed = path.read_text(encoding="utf-8")
            text = rewrite_feed(feed, self._link_from(place.address, place.file))
        else:
            return
        path.write_text(text, encoding="utf-8")

    def _page(self, place, html: str) -> str:
        search = reverse("search")
        note = render_to_string("bake/_note.html", {"day": self.day})
        if place.address == search:
            note += self._search_form(place.file)
        here = self.store.file_of(search)
        return rewrite(
            html,
            self._link_from(place.address, place.file),
            link_between(place.file, here) if here else "",
            note,
        )

    def _search_form(self, file: str) -> str:
        """The search page's part for hits, with the script that finds them."""
        folder = link_between(file, FOLDER)
        labels = [str(kind.label) for kind in KINDS]
        context = {
            "root": folder,
            "up": folder.removesuffix(FOLDER),
            "language": get_language(),
            "kinds": json.dumps(labels, ensure_ascii=False),
            "script": static("js/baked-search.js"),
        }
        html = render_to_string("bake/_search.html", context)
        return rewrite(html, self._link_from("/", file), "", "")

    def _link_from(self, address: str, file: str):
        """Returns, for a link of a page, the link to its file."""

        def link_to(link: str) -> str | None:
            path = internal(link, self.site.url)
            if path is None:
                return link
            wanted = normal(path, address)
            there = self._static.file_of(wanted) or self.store.file_of(wanted)
            return None if there is None else link_between(file, there)

        return link_to

    def _write_start(self) -> None:
        """The page at the top, which leads to the languages."""
        homes = []
        for language in LANGUAGES:
            with override(language.code):
                homes.append((language, reverse("home")))
        html = render_to_string("bake/start.html", {"homes": homes, "day": self.day})
        text = rewrite(html, self._link_from("/", "index.html"), "", "")
        (self.target / "index.html").write_text(text, encoding="utf-8")


def seeds() -> Iterator[str]:
    """The first addresses: those of the sitemap, the search pages and possible hits."""
    for make_sitemap in SITEMAPS.values():
        sitemap = make_sitemap()
        for number in range(1, sitemap.parts + 1):
            for line in sitemap.lines(number, ""):
                yield from map(unescape, _LOCATION.findall(line))
    for language in LANGUAGES:
        with override(language.code):
            yield reverse("search")
            yield from hit_addresses()
