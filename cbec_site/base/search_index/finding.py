"""Finds documents by their pieces, then by folded text where pieces are not enough.

There is no rank. Documents with all terms in the title come first, then those with all
of them somewhere; within each the newest first, which is the order of their keys. Both
databases give the same documents in the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from ..counting import Total
from .folding import split_terms
from .models import SearchDocument
from .pieces import term_pieces

TABLE = "search_index_searchdocument"
FTS = "search_index_pieces"
# Up to this many hits of a kind are counted; beyond, only that there are more: no index
# knows how many documents have a common word.
MOST = 1000

_FROM = {
    "postgresql": f"{TABLE} d WHERE d.{{column}}_pieces @@ %s::tsquery",
    # The order of the join is fixed: the index first, then the texts.
    "sqlite": f"{FTS} f CROSS JOIN {TABLE} d ON d.id = f.rowid WHERE f.{FTS} MATCH %s",
}
_HAS = {
    "postgresql": "strpos(d.{column}_text, %s) > 0",
    "sqlite": "instr(d.{column}_text, %s) > 0",
}
KEY_COLUMN = {"postgresql": "d.id", "sqlite": "f.rowid"}

# Public documents in order, up to a limit.
_JOINED = (
    "SELECT {kind} AS kind, {tier} AS tier, d.object_id "
    "FROM {documents} AND {public} ORDER BY {key} LIMIT {limit}"
)
# The same: each document, in order, is asked whether its row is public. PostgreSQL
# would join all public rows of a kind and sort what it finds.
_ONE_BY_ONE = (
    "SELECT {kind} AS kind, {tier} AS tier, d.object_id "
    "FROM (SELECT d.id, d.object_id FROM {documents} ORDER BY {key} OFFSET 0) d "
    "WHERE {public} LIMIT {limit}"
)


@dataclass(frozen=True)
class Condition:
    """A piece of SQL with its parameters, and the name of the first tier it is of."""

    sql: str
    parameters: tuple
    name: str = ""

    def __and__(self, other):
        return Condition(
            f"{self.sql} AND {other.sql}", (*self.parameters, *other.parameters)
        )


def matching(queryset: QuerySet, text: str) -> QuerySet:
    """The rows of a searched model with every term of `text`; all without a term."""
    terms = split_terms(text)
    if not terms:
        return queryset
    return queryset.filter(pk__in=_keys_with("all", terms, queryset.model))


def matching_common(queryset: QuerySet, text: str) -> QuerySet:
    """The same rows as `matching`, each asked in turn.

    For the first rows in an order where words are so common that few are asked in vain.
    """
    own = SearchDocument.objects.filter(
        kind=queryset.model.searched.number, object_id=OuterRef("pk")
    )
    for term in split_terms(text):
        own = own.filter(GreaterThan(StrIndex("all_text", Value(term)), 0))
    return queryset.filter(Exists(own))


def count_matching(queryset: QuerySet, text: str) -> Total:
    """How many rows `matching` gives, up to `MOST`; without a term, all of them."""
    terms = split_terms(text)
    if not terms:
        return Total(queryset.count())
    hits = find([queryset], terms, MOST)[queryset.model]
    return Total(len(hits.keys), hits.has_more)


def titled(model: type, text: str) -> RawSQL | None:
    """The keys of a searched model's rows, public or not, with every term of `text` in
    the title; None without a term."""
    terms = split_terms(text)
    return _keys_with("title", terms, model) if terms else None


def _keys_with(column, terms, model):
    documents = _documents(column, terms) & of_kind(model.searched)
    # The ORM does not know the index: this is SQL of our own, and what readers type is
    # in the parameters.
    sql = f"SELECT d.object_id FROM {documents.sql}"  # noqa: S608
    return RawSQL(sql, documents.parameters)  # noqa: S611


@dataclass(frozen=True)
class Matches:
    """The first hits of a kind, as many as are counted, and whether there are more."""

    keys: list[int]
    in_title: int
    has_more: bool


def find(
    querysets: Iterable[QuerySet],
    terms: Sequence[str],
    most: int = MOST,
    *,
    in_title: bool = False,
) -> dict[type, Matches]:
    """The hits among the public rows of some searched models; one query.

    Each queryset contains the rows of its model that readers may see. With `in_title`,
    only rows with all terms in the title.
    """
    models = {queryset.model.searched.number: queryset for queryset in querysets}
    # One more than is counted shows that there are more.
    tiers = [_tiers(queryset, terms, most + 1) for queryset in models.values()]
    keys: dict[int, tuple[list, list]] = {number: ([], []) for number in models}
    for number, tier, key in _rows_of_tiers(tiers, in_title=in_title):
        keys[number][tier].append(key)
    return {
        models[number].model: _counted([*first, *rest], len(first), most)
        for number, (first, rest) in keys.items()
    }


def rows_of(parts: list[Condition], named: Condition | None = None) -> list[tuple]:
    """The rows of several queries one after the other, in one query.

    `named` are queries that the parts refer to, as in a WITH clause.
    """
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({part.sql}) AS part"  # noqa: S608 - parts of our own
        for part in parts
    )
    values = [value for part in parts for value in part.parameters]
    if named is not None:
        sql, values = f"WITH {named.sql} {sql}", [*named.parameters, *values]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _rows_of_tiers(tiers, *, in_title):
    """The hits of each kind, one tier after the other.

    First tiers have a name: a second one is looked for only where they are too few.
    """
    named = Condition(
        ", ".join(f"{first.name} AS ({first.sql})" for first, _rest in tiers),
        tuple(value for first, _rest in tiers for value in first.parameters),
    )
    # Their names have a number of ours and nothing else.
    parts = [Condition(f"SELECT * FROM {first.name}", ()) for first, _rest in tiers]  # noqa: S608
    if not in_title:
        parts += [rest for _first, rest in tiers]
    return rows_of(parts, named) if parts else []


def _counted(keys, in_title, most):
    return Matches(keys[:most], min(in_title, most), len(keys) > most)


def _tiers(queryset, terms, limit):
    """The two queries of a kind: all terms in the title, then all of them anywhere."""
    searched = queryset.model.searched
    public = public_rows(queryset)
    in_title = _texts("title", terms)
    not_in_title = Condition(f"NOT ({in_title.sql})", in_title.parameters)
    # Numbers and SQL of our own; what readers type is in the parameters.
    name = f"first_{searched.number}"
    too_few = Condition(f"(SELECT COUNT(*) FROM {name}) < {limit}", ())  # noqa: S608
    kind = of_kind(searched)
    tiers = (
        (_documents("title", terms) & kind, public),
        (_documents("all", terms) & not_in_title & kind, public & too_few),
    )
    form = _ONE_BY_ONE if _is_asked_one_by_one(public.sql) else _JOINED
    return [
        Condition(
            form.format(
                kind=searched.number,
                tier=tier,
                documents=documents.sql,
                public=shown.sql,
                key=KEY_COLUMN[connection.vendor],
                limit=limit,
            ),
            (*documents.parameters, *shown.parameters),
            name,
        )
        for tier, (documents, shown) in enumerate(tiers)
    ]


def public_rows(queryset):
    """The condition that the document's row is in the queryset.

    Written once for a queryset that is used again.
    """
    if not hasattr(queryset, "condition"):
        row = queryset.order_by().filter(pk=RawSQL("d.object_id", ()))
        sql, parameters = row.values("pk").query.sql_with_params()
        # PostgreSQL turns no query with an offset into a join.
        offset = " OFFSET 0" if _is_asked_one_by_one(sql) else ""
        queryset.condition = Condition(f"EXISTS ({sql}{offset})", parameters)
    return queryset.condition


def _is_asked_one_by_one(public: str) -> bool:
    """Whether each document is asked: a condition with queries of its own costs too
    much."""
    return connection.vendor == "postgresql" and public.count("SELECT") == 1


def of_kind(searched):
    return Condition(
        f"{KEY_COLUMN[connection.vendor]} BETWEEN %s AND %s", searched.span
    )


def _documents(column, terms):
    """FROM clause and condition for documents with all terms in a column."""
    vendor = connection.vendor
    query = _postgres_query if vendor == "postgresql" else _fts_query
    source = from_pieces(column, query(column, terms))
    # Pieces may stand apart in a text; of two characters they are the term itself.
    rest = [term for term in terms if len(term) != 2]
    return source & _texts(column, rest) if rest else source


def from_pieces(column, query: str) -> Condition:
    """FROM clause for documents that match a query of pieces, for each database."""
    return Condition(_FROM[connection.vendor].format(column=column), (query,))


def _texts(column, terms):
    """The condition that a folded text contains each term."""
    has = _HAS[connection.vendor].format(column=column)
    return Condition(" AND ".join([has] * len(terms)), tuple(terms))


def _pieces(terms) -> tuple[list[str], list[str]]:
    """(pieces, beginnings of pieces) that every document with all terms has."""
    pieces = sorted({piece for term in terms for piece in term_pieces(term)})
    # A single character is the beginning of a piece; longer terms narrow far more.
    return pieces, [] if pieces else list(terms)


def _postgres_query(column, terms) -> str:
    pieces, beginnings = _pieces(terms)
    return " & ".join(
        [*(f"'{piece}'" for piece in pieces), *(f"'{start}':*" for start in beginnings)]
    )


def _fts_query(column, terms) -> str:
    pieces, beginnings = _pieces(terms)
    words = " ".join(
        [*(f'"{piece}"' for piece in pieces), *(f'"{start}" *' for start in beginnings)]
    )
    return f"{column}_pieces : ({words})"
