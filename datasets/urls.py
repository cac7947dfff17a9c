from django.urls import path, re_path

from cbec_site.base.codes import PATTERN

from . import chart_pages, take_away, views

app_name = "datasets"

ENDING = r"\.(?P<ending>svg|png|xlsx|csv|json)$"
FILE = rf"(?P<slug>{PATTERN}){ENDING}"

urlpatterns = [
    re_path(rf"^figures/{FILE}", take_away.FigureFile.as_view(), name="figure-file"),
    re_path(
        rf"^indicators/{FILE}",
        take_away.IndicatorFile.as_view(),
        name="indicator-file",
    ),
    re_path(
        rf"^compare{ENDING}", take_away.ComparisonFile.as_view(), name="comparison-file"
    ),
    path("compare/", chart_pages.Comparison.as_view(), name="comparison"),
    path(
        "figures/<code:slug>/frame/",
        chart_pages.FigureFrame.as_view(),
        name="figure-frame",
    ),
    path(
        "indicators/<code:slug>/frame/",
        chart_pages.IndicatorFrame.as_view(),
        name="indicator-frame",
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
