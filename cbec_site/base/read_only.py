"""Rows that the admin only shows."""


class ReadOnlyAdmin:
    """For a ModelAdmin: nobody adds, changes or deletes rows by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
