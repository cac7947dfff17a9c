"""Applies values that an editor has confirmed."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import parse_partial_date
from cbec_site.base.reasons import reason

from .models import ProposedFact

CONFIRMED = {
    code: reason(f"confirmed: {code}", format_lazy(_("Confirmed: {field}"), field=name))
    for code, name in ProposedFact.Field.choices
}


@transaction.atomic
def confirm_facts(facts, *, user) -> int:
    """Write each value into its policy and remove it from the list; returns how
    many."""
    rows = list(facts.select_related("policy").select_for_update(of=("self",)))
    acts = {fact.policy_id: fact.policy for fact in rows}
    for fact in rows:
        policy = acts[fact.policy_id]
        if fact.field == ProposedFact.Field.PUBLISHED:
            day, precision = parse_partial_date(fact.value)
            policy.published_on, policy.published_precision = day, precision
        else:
            setattr(policy, fact.field, fact.value)
        policy._history_user = user
        policy._change_reason = CONFIRMED[fact.field]
        policy.full_clean()
        policy.save()
        fact.delete()
    return len(rows)
