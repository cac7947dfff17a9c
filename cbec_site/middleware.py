"""What all addresses of the API have in common: who may read them, and how."""

from hashlib import sha256

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from .problems import CONTENT_TYPE, problem_response

PREFIX = "/api/"
DESK = "/admin/"
METHODS = "GET, HEAD, OPTIONS"
MAX_AGE = 60


class OpenData:
    """Readable from any site, cacheable, without cookies, errors in one shape.

    It comes before the middleware that varies answers by cookie and language: these
    answers hold both languages and know no reader.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self.answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Content-Disposition"
        return response

    def answer(self, request):
        if request.method == "OPTIONS":
            headers = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}
            return HttpResponse(status=204, headers=headers)
        if request.method not in ("GET", "HEAD"):
            response = problem_response(405, "This address can only be read.")
            response["Allow"] = METHODS
            return response
        is_head = request.method == "HEAD"
        request.method = "GET"
        response = self.get_response(request)
        if response.status_code >= 400:
            response = as_problem(response)
        elif response.status_code == 200:
            response = as_cacheable(request, response)
        if is_head:
            response = HttpResponse(
                status=response.status_code, headers=response.headers
            )
        return response


def as_problem(response):
    """The same failure in the shape of the API; a developer keeps the traceback."""
    is_traceback = response.status_code >= 500 and settings.DEBUG
    if response.get("Content-Type") != CONTENT_TYPE and not is_traceback:
        response = problem_response(response.status_code)
    del response["Vary"]
    response["Cache-Control"] = "no-cache"
    return response


def as_cacheable(request, response):
    """Let anyone keep the answer for a moment, then ask whether it has changed."""
    del response["Vary"]
    del response["Content-Language"]
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    if response.streaming:
        return response
    response["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=response["ETag"], response=response)


class DeskPolicy:
    """The admin's own content security policy: as strict as its theme allows.

    Alpine evaluates expressions, and the theme sets styles from scripts and attributes;
    nothing else is loosened, and no page of the public is.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(DESK):
            response._csp_update = {
                "script-src": [UNSAFE_EVAL],
                "style-src": [UNSAFE_INLINE],
            }
        return response
