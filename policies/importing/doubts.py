"""What is possible in an act but most likely a mistake; an editor has to tick it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .matching import plain_title


def doubts_about(
    before: dict | None, after: dict, today: str, was_found: bool
) -> Iterator[tuple[str, str, str]]:
    """The (column, message, kind) of each doubt about an act; `before` is None if new.

    `was_found` tells that the act was found by its number or title, not by its code.
    """
    for name in ("written", "published"):
        if after[name] > today and after[name] != (before or {}).get(name):
            yield name, _("This day has not come yet."), "future"
    written, published = after["written"], after["published"]
    size = min(len(written), len(published))
    if published[:size] < written[:size]:
        message = _("Published before it was written (%s).") % written
        yield "published", message, "order"
    if before:
        yield from _doubts_about_title(
            before["title_zh_hans"], after["title_zh_hans"], was_found
        )


def _doubts_about_title(before, after, was_found):
    if before == after:
        return
    if not set(before) & set(after):
        message = _("The title is quite different: is the code right?")
        yield "title_zh_hans", message, "title"
    elif was_found and plain_title(before) != plain_title(after):
        message = _("The act of this number has another title: %s.") % before
        yield "title_zh_hans", message, "title"
