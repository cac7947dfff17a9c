"""The addresses of the site in development: with the gallery of components."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cbec_site import urls

handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    *i18n_patterns(path("styleguide/", include("cbec_site.styleguide.urls"))),
]
