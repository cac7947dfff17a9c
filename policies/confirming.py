"""Applies values that an editor has confirmed."""

from django.db import transaction
from django.utils.translation import gettext as _

from cbec_site.base.dates import parse_partial_date

from .models import ProposedFact


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
        policy._change_reason = _("Confirmed: %s") % fact.get_field_display()
        policy.full_clean()
        policy.save()
        fact.delete()
    return len(rows)
