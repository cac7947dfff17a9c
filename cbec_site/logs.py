"""How the site logs: JSON in production, lines for people in development.

One line per record on standard error. Each has the id of its request (django-guid),
which the error page shows; Django writes one traceback for each error 500. No record
contains a form, a cookie, a reader's address or a query string.
"""

import logging
import re
from urllib.parse import quote

from django_guid import set_guid
from pythonjsonlogger.json import JsonFormatter

from .access_log import waiting_lines

ACCESS = "cbec_site.access"
_access = logging.getLogger(ACCESS)
QUERY = re.compile(r"\?\S*")
# Django's loggers for requests: those that it refuses, and all that fail.
REFUSED, REQUEST = "django.security", "django.request"
# What follows in these addresses is a key that grants access.
SECRET_PARTS = re.compile(r"((?<!/admin)/drafts/|/admin/password-reset/)[^\s?]+")


def without_secrets(text: str) -> str:
    """A text with its addresses made safe for a log: no query string, no secret key.

    Readers typed the query; links to drafts and for password resets grant access.
    """
    if "?" in text:
        text = QUERY.sub("", text)
    if "drafts/" in text or "password-reset/" in text:
        text = SECRET_PARTS.sub(r"\1…", text)
    return text


class WithoutQuery(logging.Filter):
    """Takes query strings and keys out of Django's records of requests."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(arg) if isinstance(arg, str) else arg
                for arg in record.args
            )
        # The request is an object, and a formatter might print what it
        # contains.
        if hasattr(record, "request"):
            del record.request
        return True


class RefusedAreNoFaults(logging.Filter):
    """Logs refused requests, such as one for another host or an impossible day,
    as a one-line warning.

    Otherwise attackers trying names and forms would fill the log with tracebacks, and
    those of a bad request would quote what its reader typed.
    """

    def filter(self, record):
        is_refused = record.name.startswith(REFUSED)
        if is_refused or (record.name == REQUEST and record.levelno < logging.ERROR):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class LinesForPeople(logging.Formatter):
    """Plain lines; that of a request has in words what JSON has in fields."""

    def format(self, record):
        if record.name == ACCESS and record.msg == "request":
            path, source = quote(record.path, safe="/…"), getattr(record, "from")
            told = (
                f"{record.method} {path} {record.status} {record.ms} ms, from {source}"
            )
            record = logging.makeLogRecord(vars(record) | {"msg": told, "args": None})
        return super().format(record)


def logging_settings(*, is_json: bool, level: str) -> dict:
    """The LOGGING setting."""
    plain = "%(asctime)s %(levelname)s %(name)s [%(correlation_id)s] %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "django_guid.log_filters.CorrelationId"},
            "without_query": {"()": WithoutQuery},
            "refused": {"()": RefusedAreNoFaults},
        },
        "formatters": {
            "plain": {"()": LinesForPeople, "fmt": plain},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(levelname)s %(name)s %(message)s",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": True,
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if is_json else "plain",
                "filters": ["request_id", "without_query", "refused"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django_guid": {"level": "WARNING"},
        },
    }


def log_access(told: dict, request_id: str) -> None:
    """Log an answered request with the facts in `told`.

    If production logs JSON and nothing else listens, the line is written without
    `logging`: a record takes ten times as long as an answer from memory.
    """
    logger = _access
    if not logger.isEnabledFor(logging.INFO):
        return
    handlers = logger.root.handlers
    if logger.handlers or len(handlers) != 1 or not _writes_json(handlers[0]):
        # Django has cleared it at the end of the request.
        set_guid(request_id)
        logger.info("request", extra=told)
        return
    line = {"level": "INFO", "logger": ACCESS, "message": "request"}
    waiting_lines.add(line | {"correlation_id": request_id} | told)


def _writes_json(handler) -> bool:
    return type(handler) is logging.StreamHandler and isinstance(
        handler.formatter, JsonFormatter
    )


def sentry_options() -> dict:
    """Sends our own errors to Sentry, without what readers and editors sent."""
    return {
        "send_default_pii": False,
        "max_request_body_size": "never",
        # They may hold a password or a form.
        "include_local_variables": False,
        "before_send": for_sentry,
    }


def for_sentry(event: dict, hint: dict) -> dict | None:
    """The event with private data removed; None for a request that was refused."""
    if event.get("logger", "").startswith(REFUSED):
        return None
    request = event.get("request")
    if request:
        kept = {"method": request.get("method")}
        event["request"] = kept | {"url": without_secrets(request.get("url", ""))}
    return event
