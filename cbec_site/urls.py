"""The root: data outside the language prefix, pages inside it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import cards, sitemaps, views
from .api import api
from .api_docs import ApiDocs
from .base.drafts.views import linked_preview
from .citations.views import CitationFile

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("admin/password-reset/", include("cbec_site.accounts.urls")),
    path("admin/", admin.site.urls),
    path("admin-language/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("drafts/<str:token>/", linked_preview, name="draft-preview"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap-section"),
    *i18n_patterns(
        path("", views.Home.as_view(), name="home"),
        path("cards/<path:page>.png", cards.card, name="card"),
        path("search/", views.Search.as_view(), name="search"),
        path("search/suggestions/", views.Suggestions.as_view(), name="suggestions"),
        path("api/", ApiDocs.as_view(), name="api-docs"),
        path("pages/<code:slug>/", views.PageDetail.as_view(), name="page"),
        path("datasets/", include("datasets.urls")),
        path("policies/", include("policies.urls")),
        path("swot/", include("swot.urls")),
        path("<path:page>/cite.<slug:ending>", CitationFile.as_view(), name="citation"),
    ),
]
if settings.DEBUG:
    # For those who work on the pages; there is no such address in production.
    gallery = path("styleguide/", include("cbec_site.styleguide.urls"))
    urlpatterns += i18n_patterns(gallery)

handler404 = "cbec_site.views.page_not_found"
handler500 = "cbec_site.views.server_error"
