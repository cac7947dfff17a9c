"""Fills what nobody entered in sources and issuing bodies of a site loaded earlier."""

from django.db import models

from datasets.models import Source
from policies.models import Issuer

from .data import source_values
from .files import table, translated

SOURCE_FIELDS = ("url", "licence_zh_hans", "licence_en", "accessed_on")


def fill_empty(*, reason: str) -> list[str]:
    """Fill empty fields with what is shipped now; returns each change in words.

    Fills sources (address, terms, day of reading) and names of issuing bodies. A row
    that an editor saved since stays as it is. `reason` goes into the history.
    """
    sources = {
        row["code"]: {name: source_values(row)[name] for name in SOURCE_FIELDS}
        for row in table("datasets", "sources")
    }
    issuers = {
        row["code"]: translated(row, "name") for row in table("policies", "issuers")
    }
    return [
        *_fill(Source, "source", sources, reason),
        *_fill(Issuer, "issuing body", issuers, reason),
    ]


def _fill(
    model: type[models.Model], kind: str, shipped: dict[str, dict], reason: str
) -> list[str]:
    lines = []
    for row in model.objects.filter(code__in=shipped):
        values = shipped[row.code]
        empty = [name for name in values if values[name] and not getattr(row, name)]
        if not empty or row.history.count() > 1:
            continue
        for name in empty:
            setattr(row, name, values[name])
        row._change_reason = reason
        row.save()
        lines.append(f"{kind} {row.code}: {', '.join(empty)}")
    return lines
