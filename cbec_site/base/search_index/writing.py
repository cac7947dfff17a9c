"""Writes the index in the transaction that writes the rows."""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import Q

from cbec_site.base.limits import OBJECTS_AT_ONCE

from .documents import VERSION, make_documents, searched_models, words_elsewhere
from .models import SearchDocument
from .pieces import text_pieces

# Inside `indexed_at_the_end`: the keys of saved rows, and what had words of them.
_saved: ContextVar[dict | None] = ContextVar("saved rows to index", default=None)


@contextmanager
def indexed_at_the_end():
    """Index once, at the end and in one transaction, what the body saves one by one."""
    with transaction.atomic(savepoint=False):
        saved: dict[type, tuple[list[int], dict[type, set[int]]]] = {}
        token = _saved.set(saved)
        try:
            yield
        finally:
            _saved.reset(token)
        for model, (keys, before) in saved.items():
            index_rows(model, keys)
            index_affected(model, keys, before)


def index_saved(model, key: int, before: dict[type, set[int]]) -> None:
    """Index a row that was saved, and rows that had words of it before or have now."""
    saved = _saved.get()
    if saved is None:
        index_rows(model, [key])
        index_affected(model, [key], before)
        return
    keys, all_before = saved.setdefault(model, ([], {}))
    keys.append(key)
    for other, others in before.items():
        all_before.setdefault(other, set()).update(others)


def index_rows(model, keys: Iterable[int]) -> None:
    """Update the documents of some rows, and remove those of deleted rows."""
    rest = list(dict.fromkeys(keys))
    for start in range(0, len(rest), OBJECTS_AT_ONCE):
        with transaction.atomic(savepoint=False):
            _index_chunk(model, rest[start : start + OBJECTS_AT_ONCE])


def _index_chunk(model, keys):
    documents = make_documents(model, keys)
    stored = SearchDocument.objects.filter(
        kind=model.searched.number, object_id__in=keys
    )
    outdated = set()
    for key, *values in stored.values_list(
        "object_id", "id", "title_text", "all_text", "version"
    ):
        document = documents.get(key)
        if document and values == [
            document.key,
            document.title,
            document.text,
            VERSION,
        ]:
            del documents[key]
        else:
            outdated.add(key)
    places = [document.key for document in documents.values()]
    if outdated or places:
        SearchDocument.objects.filter(
            Q(kind=model.searched.number, object_id__in=outdated) | Q(pk__in=places)
        ).delete()
    if documents:
        SearchDocument.objects.bulk_create(
            SearchDocument(
                id=document.key,
                kind=model.searched.number,
                object_id=key,
                title_text=document.title,
                all_text=document.text,
                title_pieces=text_pieces(document.title),
                all_pieces=text_pieces(document.text),
                version=VERSION,
            )
            for key, document in documents.items()
        )


def affected_rows(model, keys: list[int]) -> dict[type, set[int]]:
    """Rows of other models whose documents have words of these rows."""
    affected: dict[type, set[int]] = {}
    for answerer in words_elsewhere:
        for other, others in answerer.affected(model, keys):
            affected.setdefault(other, set()).update(others)
    return affected


@contextmanager
def indexed(model, keys: list[int]):
    """Index these rows, and rows with words of them, after the body has written
    them."""
    with transaction.atomic(savepoint=False):
        before = affected_rows(model, keys)
        yield
        index_rows(model, keys)
        index_affected(model, keys, before)


def index_affected(model, keys: list[int], before: dict[type, set[int]]) -> None:
    """Index the rows that had words of these before, and those that have now."""
    now = affected_rows(model, keys)
    for other in {*before, *now}:
        index_rows(other, sorted(before.get(other, set()) | now.get(other, set())))


def rebuild(report=lambda line: None) -> None:
    """Bring all documents up to date, a part at a time; search keeps working meanwhile.

    A document that is up to date is left alone, so that an interrupted rebuild can be
    resumed.
    """
    for model in searched_models():
        last, count = 0, 0
        while keys := list(
            model._base_manager.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", flat=True)[:OBJECTS_AT_ONCE]
        ):
            index_rows(model, keys)
            last, count = keys[-1], count + len(keys)
        remove_orphans(model)
        report(f"{model._meta.label}: {count}")


def remove_orphans(model) -> None:
    """Delete the documents of rows that are gone."""
    rows = model._base_manager.order_by().values("pk")
    documents = SearchDocument.objects.filter(kind=model.searched.number)
    documents.exclude(object_id__in=rows).delete()


def is_outdated() -> bool:
    """Whether a row has no document, or one of another version."""
    if SearchDocument.objects.exclude(version=VERSION).exists():
        return True
    return any(
        model._base_manager.exists()
        and not SearchDocument.objects.filter(kind=model.searched.number).exists()
        for model in searched_models()
    )
