"""How the site logs: JSON in production, lines for people in development.

One line a record on the standard error. Each has the id of its request (django-guid),
which the error page shows; Django writes one traceback for each error 500. No record
holds a form, a cookie, an address of a reader or a query string.
"""

import logging
import re

QUERY = re.compile(r"\?\S*")
# What follows in these addresses lets in whoever has it.
SECRET_PARTS = re.compile(r"((?<!/admin)/drafts/|/admin/password-reset/)[^\s?]+")


def without_secrets(text: str) -> str:
    """A text with addresses as they may stand in a log: no query, no key to anything.

    Readers typed the query; links to drafts and for new passwords are keys.
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
        # The request itself is no text, and a formatter may print what it holds.
        if hasattr(record, "request"):
            del record.request
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
                "filters": ["request_id", "without_query"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django_guid": {"level": "WARNING"},
            # What a proxy or a scanner asks for is no fault of ours.
            "django.security.DisallowedHost": {"level": "ERROR"},
        },
    }
