"""Names in a file to indicators, regions and sources of the database."""

import re

from django.utils.translation import gettext as _

from cbec_site.base.languages import LANGUAGES
from datasets.models import Indicator, Region, Source
from datasets.spreadsheets.folding import fold

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
        """By code or either title, headings one upon the other also as one word.

        UnknownNameError says what to do.
        """
        found = self.indicators.find(text) or self.indicators.find(
            text.replace("/", "")
        )
        if found is None and (names := split_languages(fold(text))):
            # 货物出口额 Goods exports: both are titles of one indicator.
            one, other = map(self.indicators.find, names)
            found = one if one == other else None
        return found or _fail(
            _(
                "No indicator has this code or title: correct it, or map it in the "
                "preview."
            )
        )

    def source(self, text: str) -> Source:
        """By code or either title; UnknownNameError says what to do."""
        return self.sources.find(text) or _fail(
            _("No source has this code or title: correct it, or map it in the preview.")
        )

    def region(self, text: str) -> Region:
        """By code, either name or both, or a short name such as 贵州 or 浙江宁波."""
        found = self._region(text)
        if found is None and (names := split_languages(fold(text))):
            found = self._region_in_two_languages(*names)
        return found or _fail(
            _("No region has this code or name: correct it, or map it in the preview.")
        )

    def _region(self, text):
        found = self.regions.find("100000" if _key(text) in _COUNTRY else text)
        if found is None and text.isascii():
            found = self.regions.find(english_name(fold(text)))
        if found is None and len(text) > 3:
            found = self.regions.find_inside(text) or self._former(text)
        return found

    def _former(self, text):
        """毕节地区 before it was 毕节市: a city of the same short name."""
        name = fold(text)
        found = self.regions.find(short_name(name)) if name.endswith("地区") else None
        return found if found is not None and found.kind == Region.Kind.CITY else None

    def _region_in_two_languages(self, chinese, english):
        """北京 Beijing: both names are of one place."""
        found = self._region(chinese)
        if found is None:
            return None
        name = english_name(english)
        own = re.sub(r" \(.*\)\Z", "", found.name_en or "").lower()
        is_own = own and re.match(rf"{re.escape(own)}\b", name)
        return found if is_own or self._region(english) == found else None


def _fail(message):
    raise UnknownNameError(message)


def _key(text):
    """What is the same in Xi'an, Xi’an and Xian."""
    return re.sub(r"[\s'’‘]+", "", fold(text)).casefold()


class _Directory:
    def __init__(self, objects, fields):
        self.found, self.doubtful = {}, set()
        self.items = list(objects)
        self.by_id = {item.pk: item for item in self.items}
        self.units = {item.pk: getattr(item, "unit", "") for item in self.items}
        for item in self.items:
            self.found[_key(item.code)] = item
        for item in self.items:
            for field in fields:
                for language in LANGUAGES:
                    self._add(getattr(item, f"{field}_{language.column}"), item)

    def _add(self, name, item):
        key = _key(name or "")
        if not key:
            return
        if self.found.setdefault(key, item) != item:
            self.doubtful.add(key)

    def add_short_names(self):
        """贵州 for 贵州省; a province wins over a city of the same short name."""
        ranked = by_rank(self.items)
        for region in ranked:
            for name in names_of(region):
                self.found.setdefault(_key(name), region)
        for region in ranked:
            # Suzhou (Anhui) beside Suzhou: nobody knows which of the two is meant.
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
        """浙江宁波: a place named after the province that it is part of."""
        key = _key(text)
        for size in range(2, len(key) - 1):
            whole, part = self.found.get(key[:size]), self.found.get(key[size:])
            if whole and part and getattr(part, "parent_id", None) == whole.pk:
                return part
        return None
