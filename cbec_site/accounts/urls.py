"""Forgotten passwords: pages for people who cannot sign in."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.Reset.as_view(), name="admin_password_reset"),
    path("sent/", views.ResetDone.as_view(), name="password_reset_done"),
    path(
        "done/",
        views.ResetComplete.as_view(),
        name="password_reset_complete",
    ),
    path(
        "<str:uidb64>/<str:token>/",
        views.ResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
]
