"""The root: data outside the language prefix, pages inside it."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", views.Home.as_view(), name="home"),
        path("search/", views.Search.as_view(), name="search"),
        path("pages/<slug:slug>/", views.PageDetail.as_view(), name="page"),
        path("datasets/", include("datasets.urls")),
        path("policies/", include("policies.urls")),
        path("swot/", include("swot.urls")),
    ),
]
