"""Addresses of authorities: what a page may call the official address of an act.

Only public bodies in China have addresses under gov.cn. Everything else, including a
law firm's or news agency's page about the same act, is a secondary source.
"""

import re
from urllib.parse import urlsplit

# The same rule for Python and both databases.
PATTERN = r"^https?://([a-z0-9-]+\.)*gov\.cn(:[0-9]+)?([/?#].*)?$"
# Hosts of advisory firms, by typical words in their names or by name.
_ADVICE = re.compile(r"[a-z0-9](law|lawyers?|lawfirm|cpa|consult(ing|ants?)?)\.")
_ADVISERS = {"leetsai.com", "sovereigngroup.com", "diacrongroup.com"}


def is_official(address: str) -> bool:
    """Whether an address belongs to a public body of China."""
    return re.match(PATTERN, address, re.IGNORECASE) is not None


def host_of(address: str) -> str:
    """The host of an address without www; "" if it is not an address."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_adviser(address: str) -> bool:
    """Whether a host is by its name a law firm or a consultancy."""
    host = host_of(address)
    return host in _ADVISERS or bool(_ADVICE.search(host))
