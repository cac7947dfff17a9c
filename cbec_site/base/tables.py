"""Lists shown as tables: sorted, paged and filtered by the address alone."""

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.core.paginator import InvalidPage
from django.db.models import F
from django.forms.utils import flatatt
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_filters.views import FilterView
from django_tables2 import RequestConfig, SingleTableMixin
from django_tables2.data import TableQuerysetData

from .counting import Total, count_to
from .kept import kept_part
from .reads import state_of

# The text of an empty cell; phones, where a row is a card, leave it out.
NOTHING = frozenset(["", "—"])
PER_PAGE = 50
# What the filter form passes on besides its own fields.
HIDDEN = ("sort", "per_page")
SEARCH = "q"
MAX_PER_PAGE = 200
# Fifty pages of a filtered list can be reached; beyond, it only says that there are
# more.
MOST_COUNTED = 50 * PER_PAGE


class RowsByKey:
    """The rows of a page: known by their keys, read when the first is accessed."""

    def __init__(self, keys, queryset):
        self.keys = keys
        self._queryset = queryset

    @cached_property
    def by_key(self):
        return self._queryset.order_by().in_bulk(self.keys)

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, number):
        return self.by_key[self.keys[number]]


def page_of(queryset, rows):
    """The slice `rows` of a queryset, found by its keys.

    The database sorts bare keys and reads whole rows only for the page, so that a
    page far back in a long list does not carry every row before it along. The key
    also decides between equals, so that no row is on two pages.
    """
    keys = getattr(queryset, "keys_in_order", None)
    if keys is None:
        order = queryset.query.order_by or queryset.model._meta.ordering
        order = [_empty_last(queryset.model, term) for term in order]
        keys = queryset.order_by(*order, "pk").values_list("pk", flat=True)
    shown = getattr(queryset, "shown", queryset)
    return RowsByKey(list(keys[rows]), shown)


def _empty_last(model, term):
    """A term of an order, which puts what is empty last in either direction.

    Left to themselves, SQLite puts it first where PostgreSQL puts it last.
    """
    if not isinstance(term, str) or not _may_be_empty(model, term.removeprefix("-")):
        return term
    value = F(term.removeprefix("-"))
    is_descending = term.startswith("-")
    return value.desc(nulls_last=True) if is_descending else value.asc(nulls_last=True)


def _may_be_empty(model, path):
    """Whether a row may have nothing there; annotations always have something."""
    name, _lookup, rest = path.partition("__")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    model = field.related_model
    return field.null or bool(rest and model and _may_be_empty(model, rest))


def in_order_of(queryset, keys, shown=None):
    """`queryset`, whose pages have the order of `keys`: another query for its rows.

    Rows are read from `shown`, if it is given, by nothing but their keys.
    """
    queryset = queryset.order_by()
    queryset.keys_in_order = keys
    if shown is not None:
        queryset.shown = shown
    return queryset


def rows_of(table):
    """The rows of a table's page as HTML, the first cell of each its heading.

    Each column is inspected once. A table with a `row_key` declares by it what its rows
    depend on besides the record, the language and the order of columns; such rows are
    cached, those of a page together: where its records are read again, only rows whose
    records differ are made anew.
    """
    columns = [
        (
            column.name,
            format_html('data-label="{}" {}', column.header, attributes(column)),
        )
        for column in table.columns
    ]
    row_key = getattr(table, "row_key", None)
    page = table.page.object_list
    if row_key is None:
        return format_html_join("", "{}", ((row_of(row, columns),) for row in page))
    names = tuple(name for name, _attributes in columns)
    key = (type(table).__qualname__, names, *row_key())
    keys = page.data.keys

    def render(number):
        return kept_part(
            ("row", *key, state_of(page.data[number])),
            lambda: row_of(page[number], columns),
        )

    order = sorted(range(len(keys)), key=keys.__getitem__)
    rows = kept_part(("rows", *key, *sorted(keys)), lambda: tuple(map(render, order)))
    by_key = dict(zip(sorted(keys), rows, strict=True))
    return format_html_join("", "{}", ((by_key[pk],) for pk in keys))


def attributes(column):
    """The attributes of a column's cells; none depends on the record."""
    return column.attrs["td"].as_html()


def row_of(row, columns):
    """One row as HTML."""
    first, *others = ((said, row.get_cell(name)) for name, said in columns)
    cells = (
        (said, flatatt({"data-empty": str(cell) in NOTHING}), cell)
        for said, cell in others
    )
    return format_html(
        '<tr><th scope="row" {}>{}</th>{}</tr>\n',
        *first,
        format_html_join("\n", "<td {}{}>{}</td>", cells),
    )


class KeysFirstData(TableQuerysetData):
    """The rows of a table by their keys; `most` bounds how many are counted, where
    their number, `known`, is not known."""

    def __init__(self, data, most=None, known=None):
        super().__init__(data)
        self.most = most
        self.known = known

    @cached_property
    def total(self):
        """How many rows there are, up to the counting limit."""
        if self.known is not None:
            return Total(self.known)
        if self.most is None:
            return Total(self.data.count())
        return count_to(self.data, self.most)

    def __len__(self):
        return self.total

    def __getitem__(self, key):
        return page_of(self.data, key) if isinstance(key, slice) else self.data[key]


class PagedTableMixin(SingleTableMixin):
    """A table whose page must exist, whose size is bounded and whose order is known.

    Another page is a 404, another size or order a 400.
    """

    table_pagination = {"per_page": PER_PAGE}

    def get_table(self, **kwargs):
        data = KeysFirstData(
            self.get_table_data(), self.most_counted(), self.known_count()
        )
        table = self.get_table_class()(data=data, **kwargs)
        self.check_order(table)
        self.check_numbers()
        paginate = {**self.get_table_pagination(table), "silent": False}
        try:
            return RequestConfig(self.request, paginate).configure(table)
        except InvalidPage as error:
            raise Http404(_("There is no such page.")) from error

    def most_counted(self):
        """How many rows are counted and can be reached; None for all."""
        return

    def known_count(self):
        """How many rows there are, where that is stored; else None."""
        return

    def check_order(self, table):
        for asked in self.request.GET.getlist(table.prefixed_order_by_field):
            name = asked.removeprefix("-")
            if name not in table.columns or not table.columns[name].orderable:
                raise BadRequest("The table cannot be sorted by this.")

    def check_numbers(self):
        asked = self.request.GET
        if not asked.get("page", "1").isdecimal():
            raise Http404(_("There is no such page."))
        per_page = asked.get("per_page", "1")
        if not per_page.isdecimal() or not 1 <= int(per_page[:9]) <= MAX_PER_PAGE:
            raise BadRequest("The page size is out of bounds.")


def sorting(asked, sorts):
    """The context of `includes/_sort.html` for a list's address and its orders.

    `sorts` are (parameter, label); the first is that of an address that asks for none.
    An order by a heading of the table is offered as well while it is in use.
    """
    sort = asked.get("sort") or sorts[0][0]
    if sort not in dict(sorts):
        sorts = [*sorts, (sort, _("By a heading of the table"))]
    return {
        "sorts": sorts,
        "sort": sort,
        "kept": [pair for pair in asked.items() if pair[0] not in ("sort", "page")],
    }


class FilteredTableView(PagedTableMixin, FilterView):
    """A table below a filter form; input that the form refuses is shown in it, with
    400."""

    template_name_suffix = "_list"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "downloads": self.downloads(),
            "filter_form": self.filter_form(),
        }

    def filter_form(self):
        """The filter form as HTML; not kept with errors, nor with words that somebody
        searches for: ever new ones would drive out what others read."""
        form, asked = self.filterset.form, self.request.GET
        context = {"form": form} | {name: asked.get(name) for name in HIDDEN}

        def render():
            return render_to_string("includes/_filters.html", context)

        if form.errors or asked.get(SEARCH):
            return render()
        names = (*self.filterset.filters, *HIDDEN)
        given = tuple((name, *asked.getlist(name)) for name in names if name in asked)
        key = "filters", type(self).__qualname__, form.is_bound, given
        return kept_part(key, render)

    def most_counted(self):
        """A whole list is counted by an index; a filtered one is not."""
        asked = self.filterset.data if self.filterset.is_bound else {}
        is_narrowed = any(asked.get(name) for name in self.filterset.filters)
        return MOST_COUNTED if is_narrowed else None

    def downloads(self):
        """The filters in use as a query string for the same rows in the API, or ""."""
        if not self.filterset.is_bound or not self.filterset.is_valid():
            return ""
        asked = {
            name: value
            for name, value in self.request.GET.items()
            if value and name in self.filterset.filters
        }
        return f"?{urlencode(asked)}" if asked else ""

    def render_to_response(self, context, **kwargs):
        is_refused = self.filterset.is_bound and not self.filterset.is_valid()
        status = 400 if is_refused else 200
        return super().render_to_response(context, status=status, **kwargs)
