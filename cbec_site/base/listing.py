"""API lists: each as pages of JSON and as one CSV file."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Annotated, Generic, Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, override
from ninja import Field, Query, Router, Schema
from pydantic import BeforeValidator, StringConstraints

from cbec_site.base.limits import ROWS_AT_ONCE

from .addresses import in_language, site_address
from .copied_csv import copied_pieces, writes_files
from .csv_files import csv_pieces, csv_response
from .file_columns import columns_of
from .languages import CHINESE, ENGLISH, LANGUAGES
from .paging import DEFAULT_LIMIT, MAX_LIMIT, read_page

Row = TypeVar("Row")

# A page of a list ends early where its rows would make it longer. The tokens in its
# addresses may grow by less than SPARE_BYTES then.
MOST_BYTES = 2_000_000
SPARE_BYTES = 2_000

# A text that may be missing in one language: null, never "".
Text = Annotated[str | None, BeforeValidator(lambda value: value or None)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Codes = Annotated[list[Code], Field(max_length=50)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def choice(choices):
    """The type of a parameter that accepts one of some TextChoices."""
    return Literal[tuple(choices.values)]


def optional(description):
    """An optional filter; `description` is a source text for gettext."""
    return Field(None, description=description)


class HasPage(Schema):
    """Fills `page_zh` and `page_en`, the addresses of the page for people."""

    @staticmethod
    def resolve_page_zh(item, context):
        return site_address(context["request"]) + _page_path(item, context)

    @staticmethod
    def resolve_page_en(item, context):
        path = in_language(_page_path(item, context), ENGLISH)
        return site_address(context["request"]) + path


def _page_path(item, context):
    """The path of a row's page in Chinese, made once for both languages."""
    paths = context.setdefault("paths", {})
    key = type(item), item.pk
    if key not in paths:
        with override(CHINESE.code):
            paths[key] = item.get_absolute_url()
    return paths[key]


class Filters(Schema):
    """The filters of a list; subclasses say which."""

    def apply(self, queryset):
        """The rows that pass every filter given, but for words."""
        return queryset

    def rows(self, queryset, *, are_many=False):
        """The rows that pass every filter given.

        `are_many` says that they are more than are counted, of which a page is read.
        """
        return self.apply(queryset)

    def count(self, queryset):
        """How many rows pass; a `Total` if they may be more than are counted."""
        return self.rows(queryset).count()

    @property
    def shows_as_stored(self):
        """Whether the rows are shown as they are stored: `shown` changes none."""
        return True

    def shown(self, row):
        """The row (as read for JSON or the file), adapted to what was asked for."""
        return row


class FiltersWithWords(Filters):
    """The filters of a list in which words can be looked for."""

    q: Words | None = None

    def rows(self, queryset, *, are_many=False):
        return self.apply(queryset).search(self.q or "", is_common=are_many)

    def count(self, queryset):
        if not self.q:
            return super().count(queryset)
        return self.apply(queryset).count_found(self.q)


class Paging(Schema):
    """The requested part of a list."""

    limit: int = Field(
        DEFAULT_LIMIT,
        ge=1,
        le=MAX_LIMIT,
        description=gettext_noop(
            "Rows on one page; fewer if the answer would be larger than 2 MB."
        ),
    )
    cursor: str = Field(
        "",
        max_length=2000,
        description=gettext_noop(
            "Where a page starts; taken from “next” or “previous” of another page."
        ),
    )


class FileOptions(Schema):
    """How a CSV file is written."""

    bom: Literal["0", "1"] = Field(
        "0",
        description=gettext_noop(
            "1 puts a byte-order mark at the beginning, by which Excel knows the "
            "encoding. With or without it, a text that a spreadsheet program would "
            "run as a formula (it begins with = + - @, tab or return and is not a "
            "number) has an apostrophe before it; an import here takes it off "
            "again."
        ),
    )

    @property
    def is_for_excel(self):
        return self.bom == "1"


class ListPage(Schema, Generic[Row]):
    """A page of a list: what it is, where to read on, and the rows.

    Rows with words that were looked for are counted up to a limit; `count_is_capped`
    says that there are more.
    """

    title_zh: str
    title_en: str
    documentation: str
    sources: str
    csv: str
    count_is_capped: bool
    count: int
    next: str | None
    previous: str | None
    results: list[Row]


def both_languages(text):
    """A source text of gettext in Chinese and in English."""
    texts = {}
    for language in LANGUAGES:
        with override(language.code):
            texts[language.short] = gettext(text)
    return texts


def json_response(row):
    """A schema instance as the body of a response."""
    return HttpResponse(row.model_dump_json(), content_type="application/json")


def row_response(request, schema, item):
    """One object as a schema shows it."""
    return json_response(schema.model_validate(item, context={"request": request}))


def csv_operation(columns):
    """The OpenAPI description of a CSV address."""
    return {
        "responses": {
            200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        },
        "x-columns": [
            {"name": column.name, "description": column.help} for column in columns
        ],
    }


class ListRouter(Router):
    """A router that knows its lists."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.lists = []

    def add_list(
        self,
        name,
        *,
        title,
        queryset: Callable,
        filters,
        row,
        order,
        columns=None,
        rows=None,
        prepare=None,
        count_all=None,
        example="",
    ):
        """Publish a list under /`name` and /`name`.csv.

        `queryset()` gives the public rows with everything that `row` (a Schema) reads;
        `order` names lookups that are unique together and never null. The file has the
        fields that `row` marks with InFile, or `columns` of its own; `rows(queryset,
        query)` may read its rows in a cheaper way; where it is given, a database that
        can write the file does so itself. `prepare(rows)` reads what a page of JSON
        needs beyond relations; `count_all()` counts the rows of the whole list where
        that is stored. `title` is a source text for gettext, `example` a query
        for the documentation.
        """
        columns = tuple(columns or columns_of(row))

        def list_as_json(request, query: Query[filters], paging: Query[Paging]):
            return _json_page(
                *(request, name, title, row, order, query, paging),
                *(queryset, prepare, count_all),
            )

        def list_as_csv(request, query: Query[filters], file: Query[FileOptions]):
            matching = query.rows(queryset()).order_by(*order)
            if rows and query.shows_as_stored and writes_files(matching):
                pieces = copied_pieces(columns, matching)
            else:
                read = (
                    rows(matching, query)
                    if rows
                    else matching.iterator(chunk_size=ROWS_AT_ONCE)
                )
                pieces = csv_pieces(columns, map(query.shown, read))
            return csv_response(name, columns, pieces, is_for_excel=file.is_for_excel)

        self.lists.append(name)
        identifier = name.replace("-", "_")
        self.get(
            f"/{name}",
            response=ListPage[row],
            summary=title,
            operation_id=f"list_{identifier}",
            url_name=name,
            openapi_extra={"x-example": example},
        )(list_as_json)
        self.get(
            f"/{name}.csv",
            summary=title,
            operation_id=f"download_{identifier}",
            url_name=f"{name}-csv",
            openapi_extra=csv_operation(columns) | {"x-example": example},
        )(list_as_csv)


def _json_page(
    request, name, title, row, order, query, paging, queryset, prepare, count_all
):
    asked = sorted(
        (key, value)
        for key, values in request.GET.lists()
        for value in values
        if key not in ("limit", "cursor")
    )
    is_whole = count_all and not asked
    count_rows = count_all if is_whole else partial(query.count, queryset())
    page = read_page(
        lambda are_many: query.rows(queryset(), are_many=are_many),
        order=order,
        limit=paging.limit,
        cursor=paging.cursor,
        scope=f"{name}?{urlencode(asked)}",
        count_rows=count_rows,
    )
    if prepare:
        prepare(page.rows)
    base = site_address(request)
    here, file = (base + reverse(f"api:{name}{suffix}") for suffix in ("", "-csv"))
    titles = both_languages(title)

    def address(cursor):
        if cursor is None:
            return None
        pairs = [*asked, ("limit", paging.limit), ("cursor", cursor)]
        return f"{here}?{urlencode(pairs)}"

    body = ListPage[row].model_validate(
        {
            "title_zh": titles["zh"],
            "title_en": titles["en"],
            "documentation": base + reverse("api:docs"),
            "sources": base + reverse("api:sources"),
            "csv": file + (f"?{urlencode(asked)}" if asked else ""),
            "count_is_capped": page.is_count_capped,
            "count": page.count,
            "next": address(page.next),
            "previous": address(page.previous),
            "results": [query.shown(listed) for listed in page.rows],
        },
        context={"request": request},
    )
    response = json_response(body)
    if len(response.content) > MOST_BYTES:
        most = _fitting(body.results, len(response.content), page.is_backward)
        page = page.shortened(most)
        rows = slice(-most, None) if page.is_backward else slice(most)
        body.results = body.results[rows]
        body.next, body.previous = address(page.next), address(page.previous)
        response = json_response(body)
    links = {"next": body.next, "previous": body.previous, "alternate": body.csv}
    response["Link"] = ", ".join(
        f'<{address}>; rel="{relation}"'
        for relation, address in links.items()
        if address
    )
    return response


def _fitting(rows, size, is_backward):
    """How many rows of an answer of `size` bytes fit into one that is not too large.

    At least one; backward, the last of them.
    """
    sizes = [len(row.model_dump_json().encode()) + 1 for row in rows]
    size += SPARE_BYTES
    left = deque(sizes)
    while len(left) > 1 and size > MOST_BYTES:
        size -= left.popleft() if is_backward else left.pop()
    return len(left)
