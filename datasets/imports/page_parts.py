"""What each part of the import pages asks of the whole (`admin.ImportPages`)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from datasets.models.batches import Batch


class PartOfPages:
    """The names of the pages' addresses, and the questions the whole answers."""

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
