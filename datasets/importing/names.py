"""Looks up names in a file: indicators, regions and sources."""

import re

from django.utils.translation import gettext as _

from cbec_site.base.languages import LANGUAGES
from datasets.models import Indicator, Region, Source
from datasets.spreadsheets.folding import fold, fold_key

from .place_names import (
    ALIASES,
    by_rank,
    english_name,
    names_of,
    short_name,
    split_languages,
)

_COUNTRY = frozenset(ALIASES["100000"].split())


class UnknownNameError(ValueError):
    """A name that stands for nothing, or for more than one thing."""


class Names:
    """Looks names up in memory: three queries, however long the file."""

    def __init__(self):
        self.indicators = _Directory(Indicator.objects.all(), ("title",))
        self.sources = _Directory(Source.objects.all(), ("title",))
        self.regions = _Directory(Region.objects.all(), ("name",))
        self.regions.add_short_names()

    def indicator(self, text: str) -> Indicator:
        """Find by code or either title; headings one above the other also count as one
        word.

        UnknownNameError says what to do.
        """
        plain = fold(text)
        indicator = self.indicators.find(plain) or self.indicators.find(
            plain.replace("/", "")
        )
        if indicator is None and (names := split_languages(plain)):
            # 货物出口额 Goods exports: both are titles of one indicator.
            one, other = map(self.indicators.find, names)
            indicator = one if one == other else None
        return indicator or _fail(
            _(
                "No indicator has this code or title: correct it, or map it in the "
                "preview."
            )
        )

    def source(self, text: str) -> Source:
        """Find by code or either title; UnknownNameError says what to do."""
        return self.sources.find(text) or _fail(
            _("No source has this code or title: correct it, or map it in the preview.")
        )

    def region(self, text: str) -> Region:
        """Find by code, either name or both, or a short name such as 贵州 or
        浙江宁波."""
        plain = fold(text)
        region = self._region(plain)
        if region is None and (names := split_languages(plain)):
            region = self._region_in_two_languages(*names)
        return region or _fail(
            _("No region has this code or name: correct it, or map it in the preview.")
        )

    def _region(self, plain):
        region = self.regions.find("100000" if _key(plain) in _COUNTRY else plain)
        if region is None and plain.isascii():
            region = self.regions.find(english_name(plain))
        if region is None and len(plain) > 3:
            region = self.regions.find_inside(plain) or self._former(plain)
        return region

    def _former(self, name):
        """Find 毕节市 by its former name 毕节地区: a city with the same short name."""
        region = self.regions.find(short_name(name)) if name.endswith("地区") else None
        return (
            region if region is not None and region.kind == Region.Kind.CITY else None
        )

    def _region_in_two_languages(self, chinese, english):
        """Find a place given as 北京 Beijing: both names have to mean it."""
        region = self._region(chinese)
        if region is None:
            return None
        name = english_name(english)
        own = re.sub(r" \(.*\)\Z", "", region.name_en or "").lower()
        is_own = own and re.match(rf"{re.escape(own)}\b", name)
        return region if is_own or self._region(english) == region else None


def _fail(message):
    raise UnknownNameError(message)


def _key(text):
    """What is the same in Xi'an, Xi’an and Xian."""
    return fold_key(text).replace("'", "")


class _Directory:
    def __init__(self, objects, fields):
        self.found, self.doubtful = {}, set()
        self.items = list(objects)
        self.by_id = {row.pk: row for row in self.items}
        self.units = {row.pk: getattr(row, "unit", "") for row in self.items}
        for row in self.items:
            self.found[_key(row.code)] = row
        for row in self.items:
            for field in fields:
                for language in LANGUAGES:
                    self._add(getattr(row, f"{field}_{language.column}"), row)

    def _add(self, name, row):
        key = _key(name or "")
        if not key:
            return
        if self.found.setdefault(key, row) != row:
            self.doubtful.add(key)

    def add_short_names(self):
        """贵州 for 贵州省; a province wins over a city of the same short name."""
        ranked = by_rank(self.items)
        for region in ranked:
            for name in names_of(region):
                self.found.setdefault(_key(name), region)
        for region in ranked:
            # Suzhou (Anhui) and Suzhou: it is unclear which of the two is meant.
            bare = re.sub(r" \(.*\)\Z", "", region.name_en or "")
            if bare != (region.name_en or "") and region.kind == Region.Kind.CITY:
                rival = self.found.setdefault(_key(bare), region)
                if rival != region and rival.kind == Region.Kind.CITY:
                    self.doubtful.add(_key(bare))

    def find(self, text):
        key = _key(text)
        if key in self.doubtful:
            _fail(_("More than one has this name; use the code."))
        return self.found.get(key)

    def find_inside(self, text):
        """Find 浙江宁波: a place preceded by the name of its province."""
        key = _key(text)
        for size in range(2, len(key) - 1):
            whole, part = self.found.get(key[:size]), self.found.get(key[size:])
            if whole and part and getattr(part, "parent_id", None) == whole.pk:
                return part
        return None
