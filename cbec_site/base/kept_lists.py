"""Lists whose order depends on all values, such as by number of values."""

from django.views.generic import ListView

from .kept import kept
from .tables import PER_PAGE


class KeptListView(ListView):
    """A list whose keys, order and counts are kept until the content changes.

    The annotated and ordered `queryset` defines the list; `counts` names the
    annotations shown beside each row, and `shown()` returns the rows of a page.
    """

    counts: tuple[str, ...] = ()
    paginate_by = PER_PAGE

    def rows(self):
        """All rows of the list in their order."""
        return self.queryset.all()

    def shown(self):
        """The queryset from which the rows of a page are read."""
        return self.queryset.model._default_manager.all()

    def lines(self):
        """The key and the counts of each row, in order."""
        return list(self.rows().values_list("pk", *self.counts))

    def get_queryset(self):
        return kept(type(self).__qualname__, self.lines)

    def get_template_names(self):
        meta = self.queryset.model._meta
        return [f"{meta.app_label}/{meta.model_name}_list.html"]

    def paginate_queryset(self, queryset, page_size):
        paginator, page, lines, is_paged = super().paginate_queryset(
            queryset, page_size
        )
        things = self.shown().in_bulk([key for key, *_counts in lines])
        page.object_list = []
        for key, *counts in lines:
            # A row deleted since then is left out until the list is made
            # again.
            if thing := things.get(key):
                vars(thing).update(zip(self.counts, counts, strict=True))
                page.object_list.append(thing)
        return paginator, page, page.object_list, is_paged
