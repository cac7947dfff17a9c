"""The admin site: the theme's, with its open doors closed."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from unfold.sites import UnfoldAdminSite


class EvidenceAdminSite(UnfoldAdminSite):
    def get_urls(self):
        view = self.admin_view(self.view_on_site)
        own = path(
            "r/<int:content_type_id>/<path:object_id>/", view, name="view_on_site"
        )
        return [
            own if getattr(url, "name", "") == "view_on_site" else url
            for url in super().get_urls()
        ]

    def view_on_site(self, request, content_type_id, object_id):
        """On to the public page; Django's own view tells everybody where drafts are."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        admin = self._registry.get(kind.model_class())
        if admin is None or not admin.has_view_or_change_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def search(self, request, extra_context=None):
        """The theme's search, to which a page that does not exist is an error."""
        try:
            return super().search(request, extra_context)
        except (ValueError, InvalidPage) as error:
            raise Http404 from error
