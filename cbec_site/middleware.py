"""What many addresses have in common: access, caching and temporary failures."""

from hashlib import sha256

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from .base.addresses import ADMIN, API
from .base.problems import CONTENT_TYPE, problem_response
from .page_cache import PARAMETERS

METHODS = "GET, HEAD, OPTIONS"
SHARED_MAX_AGE = 60
CACHE_CONTROL = (
    f"public, max-age=0, s-maxage={SHARED_MAX_AGE}, "
    "stale-while-revalidate=600, stale-if-error=86400"
)


class PublicAnswers:
    """Makes public answers the same for everyone: cacheable, no cookies, open to other
    sites.

    It runs before the middleware that varies answers by cookie and language. Pages have
    their language in the address, and the API contains both languages. An answer that
    reads a session, sets a cookie or has its own caching rules stays private.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(API):
            return self.open_data(request)
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and is_public(request, response):
            response = as_cacheable(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """Remove parameters that the page does not know, so that it cannot show
        them."""
        if request.path_info.startswith((API, ADMIN)):
            return
        known = known_parameters(view)
        request.environ[PARAMETERS] = known
        if request.GET.keys() - known:
            query = request.GET.copy()
            for name in query.keys() - known:
                del query[name]
            request.GET = query
            request.META["QUERY_STRING"] = query.urlencode()

    def open_data(self, request):
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
            del response["Vary"]
            del response["Content-Language"]
            response = as_cacheable(request, response)
        if is_head:
            response = HttpResponse(
                status=response.status_code, headers=response.headers
            )
        return response


def is_public(request, response):
    """Whether a page may be kept by caches: the same for every visitor."""
    if response.status_code != 200 or response.has_header("Cache-Control"):
        return False
    if request.path_info.startswith(ADMIN) or response.cookies:
        return False
    match = request.resolver_match
    if match is not None and getattr(match.func, "is_language_neutral", False):
        del response["Vary"]
        del response["Content-Language"]
    return not response.has_header("Vary")


def known_parameters(view):
    """The query parameters that a page reads; all others are ignored.

    A view names them in `parameters`; those of filters, tables and pages are known.
    """
    page = getattr(view, "view_class", view)
    known = set(getattr(page, "parameters", ()))
    filters = getattr(page, "filterset_class", None)
    if filters is not None:
        known |= filters.base_filters.keys()
    if getattr(page, "table_pagination", None):
        known |= {"page", "per_page", "sort"}
    elif getattr(page, "paginate_by", None):
        known.add("page")
    return frozenset(known)


def as_problem(response):
    """The same failure in the API's format; developers still get the traceback."""
    is_traceback = response.status_code >= 500 and settings.DEBUG
    if response.get("Content-Type") != CONTENT_TYPE and not is_traceback:
        wait = response.get("Retry-After")
        response = problem_response(response.status_code)
        if wait:
            response["Retry-After"] = wait
    del response["Vary"]
    response["Cache-Control"] = "no-cache"
    return response


def as_cacheable(request, response):
    """Browsers revalidate each time, shared caches once a minute."""
    response["Cache-Control"] = CACHE_CONTROL
    keys = surrogate_keys(request.resolver_match)
    if keys:
        response["Surrogate-Key"] = keys
    if response.streaming:
        return response
    if request.path_info.startswith(API):
        response["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
    return get_conditional_response(
        request, etag=response.get("ETag"), response=response
    )


def surrogate_keys(match):
    """Keys by which a cache in front can purge answers: the view and the record's code.

    `policies:policy-detail` with code P01 has the keys "policies:policy-detail P01".
    """
    if match is None or not match.view_name:
        return ""
    codes = [str(value) for value in match.kwargs.values()]
    return " ".join([match.view_name, *codes])


class AdminPolicy:
    """The admin's own content security policy: as strict as its theme allows.

    Alpine evaluates expressions, and the theme sets styles from scripts and attributes;
    nothing else is loosened, and no public page is. No cache keeps an answer
    whose view forgot to say so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path_info.startswith(ADMIN):
            return response
        response.headers.setdefault("Cache-Control", "private, no-store")
        is_preview = hasattr(response, "_csp_replace")
        if not is_preview:
            response._csp_update = {
                "script-src": [UNSAFE_EVAL],
                "style-src": [UNSAFE_INLINE],
                # Previews of drafts.
                "frame-src": [SELF],
            }
        return response
