"""What an act follows from and what follows from it, as far as it is public."""

from dataclasses import dataclass, field

from .models import Policy, PolicyRelation

# Relations from an act to the one whose rules it carries out.
UPWARD = (PolicyRelation.Kind.IMPLEMENTS, PolicyRelation.Kind.BASED_ON)
# The longest chain of acts that is followed, which bounds the queries.
DEPTH = 5
# How many acts are shown below each step.
SHOWN = 200


@dataclass(frozen=True)
class Related:
    """One relation as the page of an act shows it; `act` is None outside the
    library."""

    kind: str
    label: str
    act: Policy | None
    name: str = ""


def related_acts(policy: Policy) -> list[Related]:
    """The published relations of an act in both directions; two queries.

    A mere "related" is left out where another relation says how.
    """
    own = PolicyRelation.objects.published().filter(policy=policy)
    inverse = PolicyRelation.objects.published().filter(other=policy)
    relations = [
        Related(
            relation.kind,
            relation.get_kind_display(),
            relation.other,
            relation.other_name,
        )
        for relation in own.select_related("other")[:SHOWN]
    ]
    relations += [
        Related(relation.kind, relation.inverse_label, relation.policy)
        for relation in inverse.select_related("policy").order_by(
            "kind", "policy__code"
        )[:SHOWN]
    ]
    relates = PolicyRelation.Kind.RELATES
    told = {relation.act for relation in relations if relation.kind != relates}
    return [
        relation
        for relation in relations
        if relation.kind != relates or relation.act is None or relation.act not in told
    ]


@dataclass
class Step:
    """An act in a line of descent; `days` since the act above, None if not known.

    Counted from publication to publication or, if only those days are known for both,
    from writing to writing (`is_by_writing`).
    """

    act: Policy
    depth: int
    days: int | None = None
    is_by_writing: bool = False
    children: list["Step"] = field(default_factory=list)


def ancestors(policy: Policy) -> list[Policy]:
    """The acts that an act carries out, the highest first; one query per step."""
    acts, current, seen = [], policy, {policy.pk}
    for _step in range(DEPTH):
        relation = (
            PolicyRelation.objects.published()
            .filter(policy=current, kind=UPWARD[0], other__isnull=False)
            .select_related("other")
            .order_by("other__published_on", "other__code")
            .first()
        )
        if relation is None or relation.other_id in seen:
            break
        current = relation.other
        seen.add(current.pk)
        acts.insert(0, current)
    return acts


def lineage(policy: Policy) -> list[Step]:
    """The line from the highest act down, through everything that carries it out.

    A flat list in reading order, each act with its depth; one query per level.
    """
    top = (ancestors(policy) or [policy])[0]
    steps = {top.pk: Step(top, 0)}
    level = [top.pk]
    for depth in range(1, DEPTH + 1):
        relations = (
            PolicyRelation.objects.published()
            .filter(other__in=level, kind=UPWARD[0])
            .exclude(policy__in=list(steps))
            .select_related("policy")
            .order_by("policy__published_on", "policy__code")[:SHOWN]
        )
        level = []
        for relation in relations:
            if relation.policy_id in steps:
                continue
            above = steps[relation.other_id]
            days, is_by_writing = days_between(above.act, relation.policy)
            step = Step(relation.policy, depth, days, is_by_writing)
            above.children.append(step)
            steps[relation.policy_id] = step
            level.append(relation.policy_id)
    return list(_flat(steps[top.pk]))


def days_between(above: Policy, below: Policy) -> tuple[int | None, bool]:
    """Days from one act to another, and whether they count from writing to writing.

    Counted from publication to publication where both days are known, else from writing
    to writing; None if neither is known for both, since a month is not a day.
    """
    for name in ("published", "written"):
        texts = [getattr(act, f"{name}_text") for act in (above, below)]
        if all(len(text) == len("2021-03-19") for text in texts):
            earlier, later = (getattr(act, f"{name}_on") for act in (above, below))
            return (later - earlier).days, name == "written"
    return None, False


def _flat(step):
    yield step
    for child in step.children:
        yield from _flat(child)
