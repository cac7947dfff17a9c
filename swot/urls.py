from django.urls import path

from . import feeds, views
from .corrections import views as report_views

app_name = "swot"

urlpatterns = [
    path("claims/", views.ClaimList.as_view(), name="claim-list"),
    path("claims/feed/", feeds.VerdictFeed(), name="claim-feed"),
    path("claims/<code:slug>/", views.ClaimDetail.as_view(), name="claim-detail"),
    path("reports/new/", report_views.ReportCreate.as_view(), name="report"),
    path("reports/thanks/", report_views.ReportThanks.as_view(), name="report-thanks"),
    path("corrections/", report_views.CorrectionList.as_view(), name="correction-list"),
    path("corrections/feed/", feeds.CorrectionFeed(), name="correction-feed"),
    path("analyses/", views.AnalysisList.as_view(), name="analysis-list"),
    path(
        "analyses/<code:slug>/", views.AnalysisDetail.as_view(), name="analysis-detail"
    ),
    path("analyses/<code:slug>/tows/", views.TowsBoard.as_view(), name="analysis-tows"),
    path(
        "analyses/<code:analysis>/entries/<code:slug>/",
        views.EntryDetail.as_view(),
        name="entry-detail",
    ),
    path(
        "analyses/<code:analysis>/recommendations/<code:slug>/",
        views.RecommendationDetail.as_view(),
        name="recommendation-detail",
    ),
]
