"""A row is read once for a page that shows it."""


class ReadOnce:
    """For a ModelAdmin: several of its views ask for the row of one request."""

    def get_object(self, request, object_id, from_field=None):
        """Read once for a page that shows it; whoever writes reads it again."""
        if request.method != "GET" or from_field:
            return super().get_object(request, object_id, from_field)
        known = vars(request).setdefault("_rows", {})
        key = (self.model, object_id)
        if key not in known:
            known[key] = super().get_object(request, object_id)
        return known[key]
