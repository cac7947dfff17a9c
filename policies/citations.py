"""How to cite a policy: GB/T 7714 and a plain sentence."""

from django.utils.translation import gettext, override

from cbec_site.base.dates import partial_date
from cbec_site.base.languages import sign

MAX_NAMES = 3


def policy_citation(policy, *, address, cited_on):
    """The policy as an online document in GB/T 7714—2015, in Chinese.

    `address` is where it can be read: the official page, else our own.
    """
    names = [issuer.name_zh_hans for issuer in policy.issuer_list]
    with override("zh-hans"):
        bodies = shortened(names, gettext("et al."))
    title = policy.title_zh_hans
    if policy.public_number:
        title = f"{title}: {policy.public_number}"
    dated = f"({policy.dated_text})" if policy.dated_text else ""
    parts = [f"{bodies}." if bodies else "", f"{title}[A/OL]."]
    parts.append(f"{dated}[{cited_on.isoformat()}]. {address}.")
    return " ".join(part for part in parts if part)


def plain_citation(policy, *, address):
    """The policy in one line in the reader's language."""
    parts = [
        _bodies([body.name for body in policy.issuer_list]),
        policy.title,
        policy.public_number,
        partial_date(policy.dated_text),
        address,
    ]
    return sign(", ").join(part for part in parts if part)


def _bodies(names):
    bodies = sign("、").join(names[:MAX_NAMES])
    if len(names) > MAX_NAMES:
        return gettext("%(names)s, et al.") % {"names": bodies}
    return bodies


def shortened(names, others):
    """At most three names, then `others`, separated as in the standard."""
    first_names = names[:MAX_NAMES] + ([others] if len(names) > MAX_NAMES else [])
    return ", ".join(first_names)
