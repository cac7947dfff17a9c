"""Pages of a long list that stay cheap however far the reader goes.

A page starts after the last row of the one before (keyset paging), so the database
never counts its way through the rows in between.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from .counting import Total
from .kept import kept
from .problems import ProblemError, field_error

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, its length, and tokens for the adjacent pages.

    With `is_count_capped` there are more rows than `count`.

    `shortened(most)` is the page with only that many of its rows, at least one: the
    last where the reader goes backward, else the first.
    """

    rows: list
    count: int
    is_count_capped: bool
    next: str | None
    previous: str | None
    is_backward: bool
    shortened: Callable[[int], "Page"]


def read_page(matching, *, order, limit, cursor, scope, count_rows):
    """One page of a queryset in the ascending `order`, lookups unique together.

    None of the lookups may be null. `matching(are_many)` gives the queryset, where it
    is known whether its rows are more than are counted. `cursor` is a token of an
    earlier page or ""; it is good only for the same `scope` (the list with its
    filters). The rows are counted by `count_rows` for the first page, once for each
    version of the content, and the count is carried on in the token. Raises
    ProblemError for a foreign token.
    """
    signer = Signer(salt=f"paging:{scope}")
    key, is_backward, count = _read_token(signer, cursor)
    if count is None:
        count = kept(("rows of", scope), count_rows)
    is_capped = getattr(count, "is_capped", False)
    rows = _rows(matching(is_capped), order, key, is_backward, limit + 1)
    has_more = len(rows) > limit
    rows = rows[:limit]
    if is_backward:
        rows.reverse()

    def token(row, backward):
        return signer.sign_object([_key(row, order), backward, count, is_capped])

    def page(rows, *, has_next, has_previous):
        def shortened(most):
            if most >= len(rows):
                return whole
            if is_backward:
                return page(rows[-most:], has_next=has_next, has_previous=True)
            return page(rows[:most], has_next=True, has_previous=has_previous)

        whole = Page(
            rows,
            int(count),
            is_capped,
            token(rows[-1], False) if rows and has_next else None,
            token(rows[0], True) if rows and has_previous else None,
            is_backward,
            shortened,
        )
        return whole

    return page(
        rows,
        has_next=is_backward or has_more,
        has_previous=has_more if is_backward else key is not None,
    )


def _read_token(signer, cursor):
    if not cursor:
        return None, False, None
    try:
        key, is_backward, count, *is_capped = signer.unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        message = "This token belongs to another list or filter; start without it."
        raise ProblemError(
            422, "The cursor is not known.", [field_error("cursor", message)]
        ) from error
    # Addresses that were given out before counts had a limit do not name one.
    return key, is_backward, Total(count, *is_capped)


def _rows(queryset, order, key, is_backward, limit):
    """Up to `limit` rows after `key`, the nearest first."""
    fields = [F(name) for name in order]
    if key is not None:
        beyond = TupleLessThan if is_backward else TupleGreaterThan
        queryset = queryset.filter(beyond(tuple(fields), tuple(key)))
    if is_backward:
        fields = [field.desc() for field in fields]
    return list(queryset.order_by(*fields)[:limit])


def _key(row, order):
    """The values that place a model instance in the order."""
    values = []
    for name in order:
        value = row
        for part in name.split("__"):
            value = getattr(value, part)
        values.append(value)
    return values
