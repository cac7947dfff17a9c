"""Check every claim against the data and report what the data do not bear out."""

import json
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from swot.checking.explanations import stated_phrase
from swot.claims.rechecking import index, recheck
from swot.models.claims import Claim, Verdict


class Command(BaseCommand):
    help = (
        "Check all claims against the observations, store their verdicts and print "
        "them. The exit status is 1 when a claim is contradicted and no editor has "
        "accepted that with a reason."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, no table"
        )
        parser.add_argument(
            "--language", choices=["zh-hans", "en"], default="en", help="of the table"
        )

    def handle(self, *, language, **options):
        index(Claim.objects.all())
        changes = recheck(renew_words=True)
        claims = list(Claim.objects.order_by("code"))
        open_codes = [claim.code for claim in claims if _is_open(claim)]
        with override(language):
            if options["json"]:
                self.stdout.write(json_report(claims, changes, open_codes))
            else:
                self.stdout.write(table(claims))
                self.stdout.write(summary(claims, changes))
            if open_codes:
                raise CommandError(
                    _("Contradicted, and not accepted with a reason: %(codes)s")
                    % {"codes": ", ".join(open_codes)}
                )


def _is_open(claim):
    return claim.verdict == Verdict.CONTRADICTED and not claim.is_accepted


def table(claims):
    """One line per claim: code, verdict, stated, computation or finding."""
    rows = [(_("Claim"), _("Verdict"), _("Stated"), _("Recomputed"))]
    rows += [
        (
            claim.code,
            _verdict_text(claim),
            stated_phrase(claim.as_statement)
            if claim.is_computed
            else claim.stated_value,
            claim.computation if claim.is_computed else claim.recomputed_value,
        )
        for claim in claims
    ]
    widths = [max(_width(row[n]) for row in rows) for n in range(3)]
    return "\n".join(
        "  ".join(map(_padded, row, [*widths, 0])).rstrip() for row in rows
    )


def _verdict_text(claim):
    text = str(claim.get_verdict_display())
    if not claim.is_computed:
        text = _("%(verdict)s (finding)") % {"verdict": text}
    if claim.verdict == Verdict.CONTRADICTED and claim.is_accepted:
        text = _("%(verdict)s, accepted") % {"verdict": text}
    return text


def summary(claims, changes):
    """How many claims have which verdict, and which verdicts changed."""
    counts = Counter(claim.verdict for claim in claims)
    parts = [
        f"{verdict.label}: {counts[verdict]}" for verdict in Verdict if counts[verdict]
    ]
    total = ngettext("%(count)d claim", "%(count)d claims", len(claims))
    lines = [f"{total % {'count': len(claims)}} ({', '.join(parts)})"]
    for change in changes:
        lines.append(
            _("%(code)s changed: %(old)s → %(new)s")
            % {
                "code": change.claim.code,
                "old": change.get_old_verdict_display(),
                "new": change.get_new_verdict_display(),
            }
        )
    return "\n".join(lines)


def json_report(claims, changes, open_codes):
    """The same as one JSON object; numbers are strings, so that no digit is lost."""
    report = {
        "status": "contradicted" if open_codes else "ok",
        "open": open_codes,
        "changed": [
            {
                "code": change.claim.code,
                "from": change.old_verdict,
                "to": change.new_verdict,
            }
            for change in changes
        ],
        "claims": [
            {
                "code": claim.code,
                "kind": "computed" if claim.is_computed else "finding",
                "verdict": claim.verdict,
                "stated": claim.stated_value,
                "unit": claim.stated_unit,
                "recomputed": claim.recomputed_value,
                "low": _text(claim.interval_low),
                "high": _text(claim.interval_high),
                "accepted": claim.is_accepted,
                "computation_zh": claim.computation_zh_hans or "",
                "computation_en": claim.computation_en or "",
                "explanation_zh": claim.explanation_zh_hans or "",
                "explanation_en": claim.explanation_en or "",
            }
            for claim in claims
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def _text(number):
    return None if number is None else f"{number.normalize():f}"


def _width(text):
    """The width on a terminal, where Chinese characters take two columns."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _padded(text, width):
    return text + " " * (width - _width(text))
