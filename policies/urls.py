from django.urls import path

from . import views

app_name = "policies"

urlpatterns = [
    path("", views.PolicyList.as_view(), name="policy-list"),
    path("pilot-zones/", views.PilotZoneList.as_view(), name="pilotzone-list"),
    path("<slug:slug>/", views.PolicyDetail.as_view(), name="policy-detail"),
]
