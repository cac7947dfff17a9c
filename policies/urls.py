from django.urls import path

from . import feeds, list_files, views

app_name = "policies"

urlpatterns = [
    path("", views.PolicyList.as_view(), name="policy-list"),
    path("feed/", feeds.PolicyFeed(), name="feed"),
    path("list.xlsx", list_files.PolicyWorkbook.as_view(), name="policy-workbook"),
    path("pilot-zones/", views.PilotZoneList.as_view(), name="pilotzone-list"),
    path("<code:slug>/lineage/", views.PolicyLineage.as_view(), name="policy-lineage"),
    path("<code:slug>/", views.PolicyDetail.as_view(), name="policy-detail"),
]
