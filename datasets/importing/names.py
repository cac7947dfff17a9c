"""Names in a file to indicators, regions and sources of the database."""

import re

from django.utils.translation import gettext as _

from cbec_site.base.languages import LANGUAGES
from datasets.models import Indicator, Region, Source
from datasets.spreadsheets.folding import fold

_ENDINGS = re.compile(
    r"(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市|地区)\Z"
)
_WHOLE_COUNTRY = {"全国": "100000", "中国": "100000", "cn": "100000", "china": "100000"}


class Unknown(ValueError):
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

        Unknown says what to do.
        """
        found = self.indicators.find(text) or self.indicators.find(
            text.replace("/", "")
        )
        return found or _fail(
            _("No indicator has this code or title; create it first or correct it.")
        )

    def source(self, text: str) -> Source:
        """By code or either title; Unknown says what to do."""
        return self.sources.find(text) or _fail(
            _("No source has this code or title; create it first or correct it.")
        )

    def region(self, text: str) -> Region:
        """By code, either name, or a short name such as 贵州 or 浙江宁波."""
        found = self.regions.find(_WHOLE_COUNTRY.get(fold(text).lower(), text))
        if found is None and len(text) > 3:
            found = self.regions.find_inside(text)
        return found or _fail(
            _("No region has this code or name; create it first or correct it.")
        )


def _fail(message):
    raise Unknown(message)


def _key(text):
    return re.sub(r"\s+", "", fold(text)).casefold()


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
        for kind in ("country", "province", "city"):
            for region in self.items:
                short = _ENDINGS.sub("", region.name_zh_hans or "")
                if region.kind == kind and len(short) >= 2:
                    self.found.setdefault(_key(short), region)

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
