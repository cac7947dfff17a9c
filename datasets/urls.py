from django.urls import path

from . import views

app_name = "datasets"

urlpatterns = [
    path("indicators/", views.IndicatorList.as_view(), name="indicator-list"),
    path(
        "indicators/<slug:slug>/",
        views.IndicatorDetail.as_view(),
        name="indicator-detail",
    ),
    path("figures/", views.FigureList.as_view(), name="figure-list"),
    path("figures/<slug:slug>/", views.FigureDetail.as_view(), name="figure-detail"),
    path("regions/", views.RegionList.as_view(), name="region-list"),
    path("regions/<slug:slug>/", views.RegionDetail.as_view(), name="region-detail"),
    path("sources/", views.SourceList.as_view(), name="source-list"),
    path("sources/<slug:slug>/", views.SourceDetail.as_view(), name="source-detail"),
]
