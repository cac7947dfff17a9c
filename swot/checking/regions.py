"""Levels of regions, read from their codes (GB/T 2260 and ISO 3166)."""

import re

# Statistics on the provinces of the mainland leave these out.
SPECIAL = ("71", "81", "82")


def level_of_code(code: str) -> str:
    """country, province, city or district for a code; "" if it does not say."""
    if len(code) in (2, 3) and code.isalpha():
        return "country"
    if len(code) != 6 or not code.isdigit():
        return ""
    if code in ("000000", "100000"):
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def is_within(code: str, region: str) -> bool:
    """Whether a region code belongs to another by the digits of GB/T 2260."""
    if region in ("", "000000", "100000", "CN"):
        return True
    return code != region and code.startswith(re.sub(r"(00)+\Z", "", region))
