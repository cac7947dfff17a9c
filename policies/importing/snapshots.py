"""Turns a policy into one dictionary of what its columns store, and back.

Files are compared with it, batches store it before and after, and undoing restores it.
Only the rows of policies, their issuers and their topics are written here; the caller
takes care of the transaction and the history.
"""

from collections.abc import Iterable

from cbec_site.base.dates import parse_partial_date, partial_date_text
from policies.force import Stated
from policies.models import Issuer, Policy, PolicyIssuer, Topic

from .events import events_text, stated_in
from .relations import relations_text

DATES = ("written", "published")
LISTS = ("issuers", "topics")
PLAIN = (
    "code title_zh_hans title_en document_number is_number_confirmed level "
    "is_written_confirmed summary_zh_hans summary_en source_url in_table_1 "
    "text_zh_hans text_en text_scope licence_note_zh_hans licence_note_en "
    "no_source_reason kind "
    "paper_location verification is_published"
).split()
# The values of a new policy for columns that a file lacks.
EMPTY = dict.fromkeys((*PLAIN, *DATES, "events", "relations"), "") | {
    "status": Stated.UNKNOWN.value,
    "is_number_confirmed": False,
    "is_written_confirmed": False,
    "text_scope": Policy.TextScope.EXCERPT.value,
    "in_table_1": False,
    "is_published": False,
    "issuers": [],
    "topics": [],
}
FIELDS = [
    *(name for name in PLAIN if name != "code"),
    "published_at",
    *(f"{name}_on" for name in DATES),
    *(f"{name}_precision" for name in DATES),
]


def stored_policies(codes: Iterable[str], *, lock=False) -> dict[str, Policy]:
    """The policies with these codes and what their snapshots need, in four queries.

    `lock` makes other writers wait until the transaction ends.
    """
    policies = Policy.objects.filter(code__in=list(codes)).order_by("pk")
    if lock:
        policies = policies.select_for_update()
    return {policy.code: policy for policy in policies.with_labels()}


def snapshot(policy: Policy) -> dict:
    """What the columns of a policy store; uses the rows that `with_labels` brings."""
    fields = {name: getattr(policy, name) for name in PLAIN}
    fields |= {name: fields[name] or "" for name in PLAIN if fields[name] is None}
    for name in DATES:
        fields[name] = partial_date_text(
            getattr(policy, f"{name}_on"), getattr(policy, f"{name}_precision")
        )
    fields["issuers"] = [issuer.code for issuer in policy.issuer_list]
    fields["topics"] = sorted(topic.code for topic in policy.topics.all())
    fields["events"] = events_text(policy.events.all())
    fields["relations"] = relations_text(policy.relations.all())
    fields["status"] = stated_in(fields["events"])
    return fields


def fill(policy: Policy, state: dict) -> Policy:
    """Set the fields of a policy, stored or new, from a snapshot; saves nothing."""
    for name in PLAIN:
        # Batches from before acts had texts lack some of the columns.
        setattr(policy, name, state.get(name, EMPTY[name]))
    for name in DATES:
        date, precision = parse_partial_date(state[name])
        setattr(policy, f"{name}_on", date)
        setattr(policy, f"{name}_precision", precision)
    policy.stamp_publication()
    return policy


def set_lists(states: list[tuple[Policy, dict]]) -> None:
    """Give saved policies the issuers, in order, and the topics of their snapshots."""
    policies = [policy for policy, _state in states]
    links = Policy.topics.through
    PolicyIssuer.objects.filter(policy__in=policies).delete()
    links.objects.filter(policy__in=policies).delete()
    issuers, topics = _keys(Issuer), _keys(Topic)
    PolicyIssuer.objects.bulk_create(
        PolicyIssuer(policy=policy, issuer_id=issuers[code], position=position)
        for policy, state in states
        for position, code in enumerate(state["issuers"])
    )
    links.objects.bulk_create(
        links(policy=policy, topic_id=topics[code])
        for policy, state in states
        for code in state["topics"]
    )


def _keys(model):
    return dict(model.objects.values_list("code", "pk"))
