"""How the site logs: JSON in production, lines for people in development.

One line per record on standard error. Each has the id of its request (django-guid),
which the error page shows; Django writes one traceback for each error 500. No record
contains a form, a cookie, a reader's address or a query string.
"""

import contextlib
import datetime
import json
import logging
import re

from django_guid import set_guid
from pythonjsonlogger.json import JsonFormatter

ACCESS = "cbec_site.access"
QUERY = re.compile(r"\?\S*")
# What follows in these addresses is a key that grants access. Django's loggers for
# requests that it refuses.
REFUSED = "django.security"
SECRET_PARTS = re.compile(r"((?<!/admin)/drafts/|/admin/password-reset/)[^\s?]+")


def without_secrets(text: str) -> str:
    """A text with its addresses made safe for a log: no query string, no secret key.

    Readers typed the query; links to drafts and for password resets grant access.
    """
    return SECRET_PARTS.sub(r"\1…", QUERY.sub("", text))


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
    """Logs what Django refuses, such as a request for another host, as a one-line
    warning.

    Otherwise attackers trying names and forms would fill the log with tracebacks.
    """

    def filter(self, record):
        if record.name.startswith(REFUSED):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


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
            "plain": {"format": plain},
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

    If production logs JSON and nothing else listens, the line is written here: a
    `logging` record takes ten times as long as an answer from memory.
    """
    logger = logging.getLogger(ACCESS)
    if not logger.isEnabledFor(logging.INFO):
        return
    handlers = logging.getLogger().handlers
    if logger.handlers or len(handlers) != 1 or not _writes_json(handlers[0]):
        # Django has cleared it at the end of the request.
        set_guid(request_id)
        logger.info("request", extra=told)
        return
    line = {"level": "INFO", "logger": ACCESS, "message": "request"}
    line |= {"correlation_id": request_id, **told}
    line["timestamp"] = datetime.datetime.now(datetime.UTC).isoformat()
    handler = handlers[0]
    # As with any record, a log that cannot be written must not stop an answer.
    with handler.lock, contextlib.suppress(OSError, ValueError):
        handler.stream.write(json.dumps(line) + "\n")


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
