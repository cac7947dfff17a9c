"""Errors of the public API, all in the format of RFC 9457 (problem+json)."""

from http import HTTPStatus

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A request that cannot be answered.

    `errors` is a list of {"field", "message"}, one for each bad parameter.
    """

    def __init__(self, status, detail, errors=()):
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)


def field_error(field, message):
    """One entry of a problem's `errors`."""
    return {"field": field, "message": message}


def problem_response(status, detail="", errors=()):
    """The response to a request that failed with HTTP status `status`."""
    return JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail or HTTPStatus(status).description,
            "errors": list(errors),
        },
        status=status,
        content_type=CONTENT_TYPE,
        headers={"Content-Language": "en"},
        json_dumps_params={"ensure_ascii": False},
    )
