"""What each part of the import pages needs from the whole (`admin.ImportPages`)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from datasets.models.batches import Batch


class PartOfPages:
    """The route names of the pages, and the methods that the whole provides."""

    rows = ""
    batches = ""

    @property
    def model(self) -> type[Batch]:
        raise NotImplementedError

    def check_permission(self, request: HttpRequest) -> None:
        raise NotImplementedError

    def is_shown_to(self, request: HttpRequest, batch: Batch) -> bool:
        raise NotImplementedError

    def to(self, name: str, *arguments: Any) -> HttpResponse:
        raise NotImplementedError
