"""Reads a row once per page that shows it."""


class ReadOnce:
    """For a ModelAdmin, several of whose methods need the row of a request."""

    def get_object(self, request, object_id, from_field=None):
        """Read once for a page that shows it; read again before writing."""
        if request.method != "GET" or from_field:
            return super().get_object(request, object_id, from_field)
        known = vars(request).setdefault("_rows", {})
        key = (self.model, object_id)
        if key not in known:
            known[key] = super().get_object(request, object_id)
        return known[key]
