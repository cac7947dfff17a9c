"""Which texts of a model can be found, and how its rows become documents of the
index."""

import datetime
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import opencc
from django.apps import apps

from cbec_site.base.registry import Registry

from . import pieces
from .folding import fold

# A document's key determines its place: kind, newest day first, then the row's key.
KIND_SHIFT = 58
DAY_SHIFT = 38
LAST_DAY = (1 << (KIND_SHIFT - DAY_SHIFT)) - 1
OBJECT_MASK = (1 << DAY_SHIFT) - 1

# A change of folding or of pieces means a new index.
VERSION = f"{pieces.VERSION}-{unicodedata.unidata_version}-{opencc.__version__}"


@dataclass(frozen=True)
class Words:
    """Words of a row that are not in a column of its own."""

    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Searched:
    """The searched texts of a model: columns (also of related rows), and more.

    `number` stands for the kind in the keys of documents and never changes. `titles`
    are searched first; `newest` names the day by which the newest come first, and
    `watches` the columns that words of `words_elsewhere` are made from.
    """

    number: int
    titles: tuple[str, ...]
    texts: tuple[str, ...] = ()
    newest: str = ""
    plain: Callable[[str], str] = str
    watches: tuple[str, ...] = ()

    def reads(self, names: Iterable[str]) -> bool:
        """Whether a document depends on one of these columns of its own model.

        A name without a language stands for the columns of both.
        """
        columns = (*self.titles, *self.texts, self.newest, *self.watches)
        columns = {name.split("__")[0] for name in columns if name}
        return any(
            column == name or column.startswith(f"{name}_")
            for column in columns
            for name in (given.removesuffix("_id") for given in names)
        )

    @property
    def span(self):
        """The first and the last key that a document of this kind can have."""
        return self.number << KIND_SHIFT, ((self.number + 1) << KIND_SHIFT) - 1


class WordsElsewhere(Protocol):
    """Answers which words a document has beside its columns, and whose they are."""

    def words(self, model: type, keys: list[int]) -> dict[int, Words]:
        """Further words of rows by key; nothing for a model it does not know."""

    def affected(
        self, model: type, keys: list[int]
    ) -> Iterable[tuple[type, Iterable[int]]]:
        """Rows whose documents have words of the given rows, by model; nothing for a
        model it does not know."""


words_elsewhere: Registry[WordsElsewhere] = Registry()


@dataclass(frozen=True)
class Document:
    key: int
    title: str
    text: str


@cache
def searched_models() -> tuple[type, ...]:
    """The models whose rows can be found, by number."""
    models = [
        model
        for model in apps.get_models()
        if "searched" in vars(model) and not model._meta.abstract
    ]
    return tuple(sorted(models, key=lambda model: model.searched.number))


def make_documents(model, keys: list[int]) -> dict[int, Document]:
    """The documents of the rows that exist, by their keys; locks the rows."""
    searched = model.searched
    names = [*searched.titles, *searched.texts]
    newest = [searched.newest] if searched.newest else []
    rows = (
        model._base_manager.filter(pk__in=keys)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", *newest, *names)
    )
    more = {}
    for answerer in words_elsewhere:
        more |= answerer.words(model, keys)
    documents = {}
    for key, *values in rows:
        day = values.pop(0) if newest else None
        words = more.get(key, Words())
        texts = [fold(searched.plain(value or "")) for value in values]
        titles = [*texts[: len(searched.titles)], fold(words.title)]
        rest = [*texts[len(searched.titles) :], fold(words.text)]
        title = "\n".join(filter(None, titles))
        text = "\n".join(filter(None, (*titles, *rest)))
        documents[key] = Document(document_key(searched, day, key), title, text)
    return documents


def document_key(searched, day, key: int) -> int:
    """The place of a document among all others; `day` is a day, a moment or None."""
    if isinstance(day, datetime.datetime):
        day = day.date()
    back = LAST_DAY - (day.toordinal() if day else 0)
    return searched.number << KIND_SHIFT | back << DAY_SHIFT | key
