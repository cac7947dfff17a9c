"""What many addresses have in common: who may read them, how, and when not now."""

from hashlib import sha256
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from .base.problems import CONTENT_TYPE, problem_response

PREFIX = "/api/"
DESK = "/admin/"
METHODS = "GET, HEAD, OPTIONS"
MAX_AGE = 60
RETRY_AFTER = "30"
# Not serializable, deadlock, lock not available (PostgreSQL, appendix A).
WAITED = ("40001", "40P01", "55P03")


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


class Busy:
    """Whoever cannot write because others are writing is told so, and to send it again.

    SQLite has one writer, whom a large import keeps waiting; PostgreSQL ends one of two
    transactions that wait for each other. Nothing of the request is stored then, and
    what a form was filled with is sent again as the page is reloaded.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if is_busy(exception):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = RETRY_AFTER
            response["Cache-Control"] = "no-store"
            return response


def is_busy(error: Exception) -> bool:
    """Whether a database gave up waiting for another transaction."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    # The extended codes have the plain one in their last byte.
    if code is not None and code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED):
        return True
    return getattr(cause, "sqlstate", None) in WAITED
