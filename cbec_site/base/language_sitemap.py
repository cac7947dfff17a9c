"""A sitemap of pages in Chinese, and in English where a text exists in English.

Written in pieces from nothing but the fields that form the addresses: no instance is
made and no address reversed for each of ten thousand rows.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice

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
        return max(len(self._starts), 1)

    @property
    def page_limit(self) -> int:
        """Rows in a part: each may be listed in both languages."""
        return max(self.limit // len(LANGUAGES), 1)

    @cached_property
    def _starts(self) -> list[int]:
        """The key of the first row of each part."""

        def read():
            keys = self.items().order_by("pk").values_list("pk", flat=True)
            rows = keys.iterator(chunk_size=ROWS_AT_ONCE)
            return list(islice(rows, 0, None, self.page_limit))

        return kept(("starts of parts", type(self).__qualname__, self.limit), read)

    def has_part(self, number: int) -> bool:
        return number == 1 or 1 < number <= self.parts

    def _rows(self, number: int):
        """The rows of a part, found by key, so that later parts cost no more."""
        rows = self.items().order_by("pk")
        if number > 1:
            rows = rows.filter(pk__gte=self._starts[number - 1])
        if number < self.parts:
            rows = rows.filter(pk__lt=self._starts[number])
        return rows

    def lines(self, number: int, base: str, moments: Sequence = ()) -> Iterator[str]:
        """A part as XML; `base` is the address of the site.

        `moments` are expressions over the rows; the newest is the page's last change.
        """
        fields = (f"{self.main_text}_en", *self.keys)
        rows = self._rows(number).values_list(*fields, *moments)
        yield HEAD
        for english, *values in rows.iterator(chunk_size=ROWS_AT_ONCE):
            keys, known = values[: len(self.keys)], values[len(self.keys) :]
            addresses = [address.format(*keys) for address in self._addresses]
            changed_at = max(filter(None, known), default=None)
            yield self.entry(base, addresses, changed_at, is_in_both=bool(english))
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
        shown = [
            (language.tag, escape(base + address))
            for language, address in zip(LANGUAGES, addresses, strict=True)
        ]
        shown = shown if is_in_both else shown[:1]
        # As in the head of the page: readers of neither language get the
        # Chinese page.
        links = [*shown, ("x-default", shown[0][1])]
        tags = "".join(LINK.format(tag, url) for tag, url in links)
        moment = machine_time(changed_at) if changed_at else ""
        last = f"<lastmod>{moment}</lastmod>" if moment else ""
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


def addresses_of(route: str, *keys: str) -> list[str]:
    """An address in each language of the site."""
    addresses = []
    for language in LANGUAGES:
        with override(language.code):
            addresses.append(reverse(route, args=keys))
    return addresses
