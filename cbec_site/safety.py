"""Security headers of every answer, and limits on how much of a request is read."""

import sys

from django.conf import settings
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.views.defaults import bad_request

from .base.addresses import ADMIN, API

# Device features that no page here uses.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)

NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"

# Bytes of a request's body. The report form has a smaller limit, with its own words.
PUBLIC_BODY = 64_000
# A form of the admin; Django refuses more than this in fields anyway.
ADMIN_BODY = 2_500_000
# How much a form may add to the uploaded file it contains.
AROUND_FILE = 1_000_000


class AnswerHeaders:
    """Headers of all answers, including static files and errors.

    Pages of other sites may use the API and frame views that are exempt; nothing else.
    Health checks and metrics are answered before Django's own middleware, whose headers
    (HSTS among them) are set here therefore.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.django = SecurityMiddleware(get_response)

    def __call__(self, request):
        response = self.django.process_response(request, self.get_response(request))
        is_open = request.path_info.startswith(API)
        is_frame = getattr(response, "xframe_options_exempt", False)
        for name, value in (
            ("Permissions-Policy", PERMISSIONS_POLICY),
            (
                "Cross-Origin-Resource-Policy",
                "cross-origin" if is_open else "same-origin",
            ),
            ("X-Frame-Options", settings.X_FRAME_OPTIONS),
            # Answers made before the policy of pages is set, such as health
            # checks.
            ("Content-Security-Policy", NO_CONTENT),
        ):
            if name == "X-Frame-Options" and is_frame:
                continue
            # Django's own error pages contain their styles and scripts
            # inline.
            if name == "Content-Security-Policy" and settings.DEBUG:
                continue
            response.headers.setdefault(name, value)
        return response


class BoundedBodies:
    """Refuses a body that is too large before any of it is read (413).

    It runs after the session, to know who may upload files, and before everything that
    reads a form. A body without a stated length is empty to Django.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if length_of(request) > most_bytes(request):
            return render(request, "413.html", status=413)
        return self.get_response(request)


class BoundedNumbers:
    """Refuses a number that is longer than any row's key (400).

    SQLite cannot compare it, which Django reports with an error; PostgreSQL finds no
    row.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OverflowError) and "SQLite" in str(exception):
            return bad_request(request, exception)
        return None


def length_of(request) -> int:
    """The stated length of the body; the largest number if it is not one.

    With a number of very many digits, or none, Django would read the body to its end.
    """
    stated = request.META.get("CONTENT_LENGTH") or "0"
    is_length = stated.isascii() and stated.isdecimal() and len(stated) < 19
    return int(stated) if is_length else sys.maxsize


def most_bytes(request) -> int:
    """How much this request may contain; only users who may import can send files."""
    if not (request.path_info.startswith(ADMIN) and request.user.is_authenticated):
        return PUBLIC_BODY
    for rows, permission in UPLOADS.items():
        if request.path_info.startswith(rows) and request.user.has_perm(permission):
            return settings.IMPORT_MAX_BYTES + AROUND_FILE
    return ADMIN_BODY


UPLOADS = {
    "/admin/datasets/observation/import": "datasets.import_observation",
    "/admin/policies/policy/import": "policies.import_policy",
}
