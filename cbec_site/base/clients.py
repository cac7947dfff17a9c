"""Where a request comes from."""

import ipaddress

from django.conf import settings


def client_address(request) -> str:
    """The address that our outermost proxy saw, or that of the connection.

    Anything further left in X-Forwarded-For can be made up by the sender.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and len(forwarded) >= count and forwarded[-count].strip():
        return forwarded[-count].strip()
    return request.META.get("REMOTE_ADDR", "")


def network_of(address: str, ipv4: int = 32, ipv6: int = 64) -> str:
    """The network of an address, of this many bits; other text is returned unchanged.

    An IPv6 user has a whole /64.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    bits = ipv4 if parsed.version == 4 else ipv6
    if bits == parsed.max_prefixlen:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, bits), strict=False))
