from django.urls import path

from .views import Gallery, PageOfType

app_name = "styleguide"
urlpatterns = [
    path("", Gallery.as_view(), name="gallery"),
    path("pages/<str:name>/", PageOfType.as_view(), name="page"),
]
