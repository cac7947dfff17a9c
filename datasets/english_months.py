"""The English names of the months, as texts and files print them."""

MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()
_SHORT = [name[:3].lower() for name in MONTHS]

# Parts of patterns that ignore case: the names in full, their first three letters, and
# every spelling of them.
FULL_NAMES = "|".join(MONTHS)
SHORT_NAMES = "|".join(_SHORT)
ANY_NAMES = f"{FULL_NAMES}|Sept|{SHORT_NAMES}"


def month_number(name: str) -> int:
    """The number of the month of a name, in full or short: 9 for Sept."""
    return _SHORT.index(name[:3].lower()) + 1
