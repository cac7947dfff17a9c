"""Texts in two languages with bound numbers, and what must agree between them."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbec_site.base.languages import LANGUAGES, by_code, sign
from cbec_site.base.publishing import Publishable
from datasets.models import Observation
from swot.checking.parity import Parity
from swot.prose import KINDS, bound_codes, coverage, odd_links, parity

from .claims import Claim

Code = tuple[str, str]
Item = Claim | Observation


class BoundText(Publishable):
    """A published text whose two languages must state the same numbers.

    Where they have to differ, an editor says why. The reason covers only the
    differences it was written for (`parity_accepted`), not later ones.
    """

    # The field with the Markdown that binds numbers; the title binds none.
    text_field = "body"

    parity_reason = models.TextField(
        gettext_lazy("why the languages may differ"),
        blank=True,
        help_text=gettext_lazy(
            "Only where one language must bind or state a number that the other "
            "does not. Applies only to the differences shown when the reason is "
            "written."
        ),
    )
    parity_accepted = models.TextField(blank=True, editable=False)

    class Meta(Publishable.Meta):
        abstract = True

    def clean(self):
        """Check that every code exists and that a published text agrees in both
        languages."""
        super().clean()
        errors = self._unknown_codes()
        self.settle_parity()
        differences = parity_of(self)
        if self.is_published and not differences.is_equal:
            if not self.parity_reason.strip():
                errors["parity_reason"] = _(
                    "The languages do not agree: %s. Make them agree, or say why they "
                    "differ."
                ) % describe_differences(differences)
            elif self.parity_accepted != key_of(differences):
                errors["parity_reason"] = _(
                    "The languages no longer differ as they did when this reason "
                    "was written: %s. Make them agree, or write a new reason."
                ) % describe_differences(differences)
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self.settle_parity()
        super().save(*args, **kwargs)

    def settle_parity(self):
        """Store with a new reason the differences it was given for."""
        if not self.parity_reason.strip():
            self.parity_accepted = ""
            return
        stored = type(self).objects.filter(pk=self.pk)
        if self.parity_reason != stored.values_list("parity_reason", flat=True).first():
            self.parity_accepted = key_of(parity_of(self))

    def _unknown_codes(self):
        errors = {}
        texts = texts_of(self)
        known = bound_items(code for text in texts.values() for code in codes_of(text))
        for language, text in texts.items():
            wrong = [":".join(code) for code in codes_of(text) if code not in known]
            wrong += odd_links(text)
            if wrong:
                errors[f"{self.text_field}_{by_code(language).column}"] = _(
                    "No claim or observation has this code: %s. Write claim: or "
                    "obs: followed by a code."
                ) % sign("、").join(wrong)
        return errors


def text_columns(model: type[BoundText]) -> list[str]:
    """The columns of the text with bound numbers, the Chinese one first."""
    return [f"{model.text_field}_{language.column}" for language in LANGUAGES]


def texts_of(row: BoundText) -> dict[str, str]:
    """The Markdown of each language, "" where there is none."""
    return {
        language.code: getattr(row, f"{row.text_field}_{language.column}") or ""
        for language in LANGUAGES
    }


def codes_of(text: str) -> list[tuple[str, str]]:
    """The codes a text binds, each once, in order."""
    return list(dict.fromkeys(bound_codes(text)))


def bound_items(codes: Iterable[Code]) -> dict[Code, Item]:
    """The claims and observations of these codes, in at most two queries."""
    wanted = {kind: set() for kind in KINDS}
    for kind, code in codes:
        wanted[kind].add(code)
    items = {}
    if wanted["claim"]:
        for claim in Claim.objects.filter(code__in=wanted["claim"]):
            items["claim", claim.code] = claim
    if wanted["obs"]:
        rows = Observation.objects.named(wanted["obs"]).with_labels()
        for observation in rows:
            items["obs", observation.code] = observation
    return items


def bound_models() -> list[type[BoundText]]:
    """The models whose texts bind numbers."""
    return [model for model in apps.get_models() if issubclass(model, BoundText)]


def binding_texts(kind: str, codes: set[str]) -> dict[str, list[BoundText]]:
    """The entries, recommendations and analyses that bind some of these codes.

    Searches by code, drafts included; one code takes as many queries as many.
    """
    # The database also finds C07 inside C071 and in prose.
    words = next(iter(codes)) if len(codes) == 1 else f"{kind}:"
    texts = defaultdict(list)
    for model in bound_models():
        holds = models.Q()
        for column in text_columns(model):
            holds |= models.Q(**{f"{column}__contains": words})
        for text in model.objects.filter(holds).order_by("pk"):
            for code in _codes_in(text, kind) & codes:
                texts[code].append(text)
    return texts


def _codes_in(bound_text, kind):
    bound = (
        pair for text in texts_of(bound_text).values() for pair in bound_codes(text)
    )
    return {code for bound_kind, code in bound if bound_kind == kind}


def parity_of(row: BoundText) -> Parity:
    """How the two languages differ; not at all where there is no translation."""
    texts = texts_of(row)
    if not all(text.strip() for text in texts.values()):
        return Parity((), (), (), ())
    return parity(texts["zh-hans"], texts["en"])


def is_settled(row: BoundText) -> bool:
    """Whether every number is bound, and the languages agree or a reason says why not.

    For a text without a translation, only its own numbers count.
    """
    texts = texts_of(row)
    if not all(
        coverage(text, language).is_complete for language, text in texts.items()
    ):
        return False
    differences = parity_of(row)
    accepted = row.parity_accepted if row.parity_reason.strip() else ""
    return differences.is_equal or accepted == key_of(differences)


def unsettled(model: type[BoundText]) -> list[int]:
    """The ids of the entries, recommendations or analyses that are not settled."""
    items = model.objects.only(*text_columns(model), "parity_reason", "parity_accepted")
    return [text.pk for text in items.order_by("pk") if not is_settled(text)]


def describe_differences(differences: Parity) -> str:
    """What only one of the languages has, in the active language."""
    parts = []
    for phrase, codes, numbers in (
        (
            _("only in Chinese: %s"),
            differences.codes_zh,
            differences.numbers_zh,
        ),
        (
            _("only in English: %s"),
            differences.codes_en,
            differences.numbers_en,
        ),
    ):
        if codes or numbers:
            words = [*codes, *(quantity.text for quantity in numbers)]
            parts.append(phrase % sign("、").join(words))
    return sign("; ").join(parts)


def key_of(differences: Parity) -> str:
    """A text that is equal for equal differences, whatever the editor's language."""
    lines = []
    for language, codes, numbers in (
        ("zh-hans", differences.codes_zh, differences.numbers_zh),
        ("en", differences.codes_en, differences.numbers_en),
    ):
        lines += [f"{language} {code}" for code in sorted(codes)]
        keys = sorted(" ".join(map(_part, quantity.key)) for quantity in numbers)
        lines += [f"{language} {key.strip()}" for key in keys]
    return "\n".join(lines)


def _part(part):
    return (
        f"{part:f}" if isinstance(part, Decimal) else "" if part is None else str(part)
    )
