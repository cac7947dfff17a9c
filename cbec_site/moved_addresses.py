"""Finds a page whose address was written in another case or has changed."""

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from .addressed import find_by_names


def moved_to(path, language):
    """The address that was meant by one that is not found, or "".

    Codes and slugs are compared ignoring case; a former slug of a public object leads
    to it. Unpublished objects are not found here either.
    """
    for written in dict.fromkeys((path, path.lower())):
        try:
            match = resolve(written)
        except Resolver404:
            continue
        given = _names(match)
        if given is None:
            continue
        with override(language):
            address = reverse(match.view_name, kwargs=given)
        if address != path:
            return address
    return ""


def _names(match):
    """The names in an address in their published form; None if one matches nothing."""
    if not match.kwargs:
        return {}
    row, names = find_by_names(match, _in_any_case)
    return None if row is None else names


def _in_any_case(rows, field, written):
    """The row that has this name, ignoring case, or the last that had it."""
    row = rows.filter(**{f"{field}__iexact": written}).first()
    if row is not None or not hasattr(rows.model, "history"):
        return row
    former = rows.model.history.filter(**{f"{field}__iexact": written})
    key = former.order_by("-history_date").values_list("id", flat=True).first()
    return rows.filter(pk=key).first() if key else None
