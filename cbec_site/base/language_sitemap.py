"""A sitemap of pages in Chinese, and in English where a text exists in English.

Written in pieces from nothing but the fields that form the addresses: no instance is
made and no address reversed for each of ten thousand rows.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from .dates import machine_time
from .kept import kept
from .languages import LANGUAGES
from .limits import ROWS_AT_ONCE

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
TAIL = "</urlset>\n"
LINK = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'


class LanguageSitemap:
    """Lists each page with its versions, tagged as in the head of the page.

    `main_text` is the translated field without which a page has no version of its own
    in a language; `route` names the address and `keys` the fields in it.
    """

    # Addresses in a part: it stays below two megabytes, so that the cache of pages
    # keeps it, even where the name of the site is long.
    limit = 2_800
    main_text = "title"
    route = ""
    keys: tuple[str, ...] = ("code",)

    def items(self):
        """The public rows."""
        raise NotImplementedError

    @property
    def parts(self) -> int:
        """The number of parts; an empty sitemap has one part."""
        return max(len(self._blocks), 1)

    @property
    def page_limit(self) -> int:
        """Rows in a part: each may be listed in both languages."""
        return max(self.limit // len(LANGUAGES), 1)

    @cached_property
    def _blocks(self) -> list[int]:
        """A part has the rows of a block: so many keys that follow each other. These
        are the numbers of the blocks that have public rows."""

        def read():
            return [key // self.page_limit for key in first_keys(self)]

        return kept(("blocks of keys", type(self).__qualname__, self.limit), read)

    def has_part(self, number: int) -> bool:
        return number == 1 or 1 < number <= self.parts

    def _rows(self, number: int):
        """The rows of a part, found by key, so that later parts cost no more."""
        rows, size = self.items().order_by("pk"), self.page_limit
        if not self._blocks:
            return rows
        start = self._blocks[number - 1] * size
        return rows.filter(pk__gte=start, pk__lt=start + size)

    def lines(self, number: int, base: str, moments: Sequence = ()) -> Iterator[str]:
        """A part as XML; `base` is the address of the site.

        `moments` are expressions over the rows; the newest is the page's last change.
        """
        fields = (f"{self.main_text}_en", *self.keys)
        rows = self._rows(number).values_list(*fields, *moments)
        # Written once, with slots for what differs: there are thousands of rows.
        entries = [
            self._written(base, self._addresses, "{last}", is_in_both)
            for is_in_both in (False, True)
        ]
        yield HEAD
        for english, *values in rows.iterator(chunk_size=ROWS_AT_ONCE):
            keys, known = values[: len(self.keys)], values[len(self.keys) :]
            last = last_change(max(filter(None, known), default=None))
            yield entries[bool(english)].format(*map(escape, keys), last=last)
        yield TAIL

    def entry(
        self,
        base: str,
        addresses: list[str],
        changed_at: datetime | None = None,
        *,
        is_in_both: bool,
    ) -> str:
        """A page in each of its languages; `addresses` are in the site's order."""
        return self._written(base, addresses, last_change(changed_at), is_in_both)

    def _written(self, base, addresses, last, is_in_both):
        shown = [
            (language.tag, escape(base + address))
            for language, address in zip(LANGUAGES, addresses, strict=True)
        ]
        shown = shown if is_in_both else shown[:1]
        # As in the head of the page: readers of neither language get the
        # Chinese page.
        links = [*shown, ("x-default", shown[0][1])]
        tags = "".join(LINK.format(tag, url) for tag, url in links)
        return "".join(f"<url><loc>{url}</loc>{last}{tags}</url>\n" for _, url in shown)

    @cached_property
    def _addresses(self) -> list[str]:
        """The address in each language, with a slot for each key."""
        marks = [f"slot-{number}-slot" for number in range(len(self.keys))]
        addresses = []
        for address in addresses_of(self.route, *marks):
            for number, mark in enumerate(marks):
                address = address.replace(mark, f"{{{number}}}")
            addresses.append(address)
        return addresses


def first_keys(sitemap: LanguageSitemap) -> list[int]:
    """The first public key of each block that has one.

    One query, which looks up a key for each block and passes over no row of it.
    """
    rows, size = sitemap.items().order_by("pk").values("pk"), sitemap.page_limit
    next_block = RawSQL("((starts.id / %s) + 1) * %s", [size, size])
    first, own = rows[:1].query.sql_with_params()
    following, next_own = rows.filter(pk__gte=next_block)[:1].query.sql_with_params()
    # SQL that Django made; values are in the parameters.
    sql = (
        f"WITH RECURSIVE starts(id) AS (SELECT ({first}) UNION ALL "  # noqa: S608
        f"SELECT ({following}) FROM starts WHERE starts.id IS NOT NULL) "
        "SELECT id FROM starts WHERE id IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*own, *next_own])
        return [key for (key,) in cursor.fetchall()]


def last_change(moment: datetime | None) -> str:
    """The element that says when a page last changed, or ""."""
    return f"<lastmod>{machine_time(moment)}</lastmod>" if moment else ""


def addresses_of(route: str, *keys: str) -> list[str]:
    """An address in each language of the site."""
    addresses = []
    for language in LANGUAGES:
        with override(language.code):
            addresses.append(reverse(route, args=keys))
    return addresses
