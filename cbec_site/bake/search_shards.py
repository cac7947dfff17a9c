"""The search index of a bake: pieces and texts in files that a script loads as needed.

Each file calls a function of `static/js/baked-search.js`, since a page on a disk cannot
read other files in any other way. A document is a row that the site's own search can
find; documents are numbered in the order in which the search shows them.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.utils.translation import get_language, override

from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import OBJECTS_AT_ONCE
from cbec_site.base.search_index.folding import traditional_characters
from cbec_site.base.search_index.models import SearchDocument
from cbec_site.base.search_index.pieces import text_pieces
from cbec_site.named_values import named_values
from cbec_site.search import KINDS, own_text

from .addresses import link_between, normal

FOLDER = "search"
# How many documents, and how many postings (document–piece pairs), a file may hold.
PER_FILE = 50
POSTINGS = 20_000
MOST_FILES = 4096


def hit_addresses() -> Iterator[str]:
    """Where the results of a search lead, in the active language."""
    for kind in KINDS:
        for row in kind.rows().iterator(chunk_size=OBJECTS_AT_ONCE):
            yield kind.url(row)


def hash_of(piece: str) -> int:
    """The number of a piece; the script computes the same."""
    number = 0
    for unit in memoryview(piece.encode("utf-16-le")).cast("H"):
        number = (number * 31 + unit) & 0xFFFFFFFF
    return number % MOST_FILES


class Shards:
    """Writes the index for the documents whose pages are in `store`."""

    def __init__(self, target: Path, store):
        self.folder = target / FOLDER
        self.store = store

    def write(self) -> int:
        """Write all files; returns the number of documents."""
        self.folder.mkdir(exist_ok=True)
        count = 0
        waiting: list[tuple] = []
        for document in self._documents():
            waiting.append(document)
            self._note_pieces(count, document)
            count += 1
            if len(waiting) == PER_FILE:
                self._write_documents(count, waiting)
                waiting = []
        if waiting:
            self._write_documents(count, waiting)
        files = self._write_pieces()
        index = {
            "documents": count,
            "perFile": PER_FILE,
            "files": files,
            "fold": traditional_characters(),
        }
        self._call("index.js", "index", index)
        return count

    def _documents(self) -> Iterator[tuple]:
        """(title, text, {language: name}) of each document that has a page."""
        for number, kind in enumerate(KINDS):
            for part in _parts(_rows(kind)):
                rows = kind.rows().in_bulk([key for key, *_texts in part])
                for key, title, text in part:
                    names = self._names(number, kind, rows.get(key))
                    if names:
                        yield title, text, names

    def _names(self, number, kind, row) -> dict[str, list] | None:
        """What a result shows in each language; None without a page in the bake."""
        names = {}
        for language in LANGUAGES:
            with override(language.code):
                there = row and self.store.file_of(normal(kind.url(row)))
                if not there:
                    return None
                title, tag = own_text(kind.about(row), kind.title)
                code = row.code if kind.has_code else ""
                href = link_between("", there)
                names[get_language()] = [number, href, code, title, tag]
        return names

    def _note_pieces(self, number, document):
        title, text, _names = document
        in_title = set(text_pieces(title))
        self.store.executemany(
            "INSERT INTO pieces VALUES (?, ?, ?, ?)",
            (
                (hash_of(piece), piece, number, piece in in_title)
                for piece in text_pieces(text)
            ),
        )

    def _write_documents(self, count, documents):
        file = (count - 1) // PER_FILE
        texts = [[title, text] for title, text, _names in documents]
        self._call(f"texts-{file}.js", "texts", file, texts)
        for language in LANGUAGES:
            names = [names[language.code] for _title, _text, names in documents]
            self._call(f"names-{language.code}-{file}.js", "names", file, names)

    def _write_pieces(self) -> int:
        """Write which documents have which piece; returns the number of files."""
        postings = self.store.execute("SELECT count(*) FROM pieces").fetchone()[0]
        files = 1
        while files < MOST_FILES and postings / files > POSTINGS:
            files *= 2
        rows = self.store.execute(
            "SELECT shard % ?, piece, document, is_title FROM pieces "
            "ORDER BY 1, piece, document",
            (files,),
        )
        written = set()
        for file, of_file in groupby(rows, itemgetter(0)):
            pieces = {
                piece: _postings(of_piece)
                for piece, of_piece in groupby(of_file, itemgetter(1))
            }
            self._call(f"pieces-{file}.js", "pieces", file, pieces)
            written.add(file)
        for file in set(range(files)) - written:
            self._call(f"pieces-{file}.js", "pieces", file, {})
        return files

    def _call(self, name, function, *values):
        told = ",".join(
            json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            for value in values
        )
        (self.folder / name).write_text(
            f"bakedSearch.{function}({told});\n", encoding="utf-8"
        )


def _rows(kind) -> Iterator[tuple[int, str, str]]:
    """(key, title, text) of the documents of a kind, in the order of its hits."""
    if kind.find is not None:
        return ((key, words, words) for key, words in named_values())
    stored = SearchDocument.objects.filter(kind=kind.rows().model.searched.number)
    rows = stored.order_by("pk").values_list("object_id", "title_text", "all_text")
    return rows.iterator(chunk_size=OBJECTS_AT_ONCE)


def _postings(rows: Iterable) -> list[list[int]]:
    """[all, those with the piece in the title], each as steps from one to the next."""
    steps: tuple[list[int], list[int]] = [], []
    last = [0, 0]
    for _file, _piece, document, is_title in rows:
        for place in (0, 1) if is_title else (0,):
            steps[place].append(document - last[place])
            last[place] = document
    return list(steps)


def _parts(rows: Iterator) -> Iterator[list]:
    part: list = []
    for row in rows:
        part.append(row)
        if len(part) == OBJECTS_AT_ONCE:
            yield part
            part = []
    if part:
        yield part
