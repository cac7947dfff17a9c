"""What blocks the publication of a row, and what deserves a look before it.

A ModelAdmin yields the findings of a row in `findings(item)`. Those that block are
checked again in the transaction that publishes.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import Draft
from .preview import PreviewError, applied


@dataclass(frozen=True)
class Finding:
    """What is wrong, whether it blocks publication, and where to correct it."""

    text: str
    is_blocking: bool = False
    url: str = ""


class NotPublishableError(ValidationError):
    """Raised where a row is about to be published that readers must not see yet."""


def findings_of(model_admin, row) -> list[Finding]:
    """The findings of a stored row, those that block first."""
    findings = getattr(model_admin, "findings", lambda row: ())(row)
    return sorted(findings, key=lambda finding: not finding.is_blocking)


def findings_of_draft(draft: Draft, user) -> list[Finding]:
    """The findings of the row that a draft would make; nothing is written."""
    try:
        with transaction.atomic():
            row = applied(draft, user)
            findings = findings_of(draft.model_admin, row)
            transaction.set_rollback(True)
    except PreviewError as error:
        return [Finding(problem, is_blocking=True) for problem in error.problems]
    return findings


def check_publishable(model_admin, row) -> None:
    """NotPublishableError with all that blocks a row as it is stored now."""
    findings = findings_of(model_admin, row)
    problems = [finding.text for finding in findings if finding.is_blocking]
    if problems:
        raise NotPublishableError(problems)
