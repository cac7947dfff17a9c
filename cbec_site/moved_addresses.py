"""Finds the page meant by an address in another case, or by a former one."""

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, override

from .addressed import find_by_names


def redirect_to_meant(request):
    """The redirect for a request that found nothing; None if no page was meant."""
    address = ""
    if request.method in ("GET", "HEAD"):
        # Without the database there is no redirect; the page is still not
        # found.
        with suppress(DatabaseError):
            address = moved_to(request.path_info, get_language())
    if not address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def moved_to(path, language):
    """The address that was meant by one that is not found, or "".

    Codes and slugs are compared ignoring case; a former slug of a public object leads
    to it. Unpublished objects are not found here either.
    """
    with override(language):
        address = _meant(path)
    return "" if address == path else address


def _meant(path):
    """The address of what a path names, in its published form; "" for nothing."""
    for written in dict.fromkeys((path, path.lower())):
        try:
            match = resolve(written)
        except Resolver404:
            continue
        if match.view_name == "citation":
            # Its address is below that of the page it cites.
            above, slash, file = written.rpartition("/")
            if page := _meant(above + slash):
                return page + file
        elif (given := _names(match)) is not None:
            return reverse(match.view_name, kwargs=given)
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
