from django.urls import path, re_path

from cbec_site.base.codes import PATTERN

from . import take_away, views

app_name = "datasets"

FILE = rf"(?P<slug>{PATTERN})\.(?P<ending>svg|png|xlsx)$"

urlpatterns = [
    re_path(rf"^figures/{FILE}", take_away.FigureFile.as_view(), name="figure-file"),
    re_path(
        rf"^indicators/{FILE}",
        take_away.IndicatorFile.as_view(),
        name="indicator-file",
    ),
    path("indicators/", views.IndicatorList.as_view(), name="indicator-list"),
    path(
        "indicators/<code:slug>/",
        views.IndicatorDetail.as_view(),
        name="indicator-detail",
    ),
    path("figures/", views.FigureList.as_view(), name="figure-list"),
    path("figures/<code:slug>/", views.FigureDetail.as_view(), name="figure-detail"),
    path("regions/", views.RegionList.as_view(), name="region-list"),
    path("regions/<code:slug>/", views.RegionDetail.as_view(), name="region-detail"),
    path("sources/", views.SourceList.as_view(), name="source-list"),
    path("sources/<code:slug>/", views.SourceDetail.as_view(), name="source-detail"),
]
