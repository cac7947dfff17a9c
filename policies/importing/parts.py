"""Events and relations of policies, which files and batches have as lines of text."""

from collections.abc import Callable, Iterable

from simple_history.utils import bulk_create_with_history

from policies.models import Policy, PolicyEvent, PolicyRelation

Part = PolicyEvent | PolicyRelation


def set_parts(
    wanted: Iterable[tuple[Policy, list[str]]],
    words: dict,
    *,
    model: type[Part],
    link: str,
    line_of: Callable[[Part], str],
    parse: Callable[[str], tuple[Part, str]],
) -> None:
    """Give saved policies the parts that `wanted` has as lines; unchanged ones stay.

    `link` is the field that names another act; `parse` reads a line into an unsaved
    part and the code of that act, and `line_of` writes it. `words` go into the history:
    who, and why.
    """
    wanted = list(wanted)
    stored: dict[int, dict[str, Part]] = {}
    rows = model.objects.filter(policy__in=[policy for policy, _lines in wanted])
    for row in rows.select_related(link):
        stored.setdefault(row.policy_id, {})[line_of(row)] = row
    new, acts = [], set()
    for policy, lines in wanted:
        had = stored.get(policy.pk, {})
        for line in set(had) - set(lines):
            _delete(had[line], words)
        for part, act in (parse(line) for line in lines if line not in had):
            part.policy = policy
            new.append((part, act))
            acts.add(act)
    known = dict(Policy.objects.filter(code__in=acts).values_list("code", "pk"))
    for part, act in new:
        setattr(part, f"{link}_id", known[act] if act else None)
    if new:
        bulk_create_with_history([part for part, _act in new], model, **words)


def _delete(part: Part, words: dict) -> None:
    part._history_user = words["default_user"]
    part._change_reason = words["default_change_reason"]
    part.delete()
