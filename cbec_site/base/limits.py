"""Limits that several modules share: how much is shown, offered or read at once."""

from decimal import Decimal

# How many of the newest corrections a corrected thing's page shows; the list has all.
CORRECTIONS_SHOWN = 10
# Choices of a filter; a code beyond them still works in the address.
CHOICES_OFFERED = 300
# Entries of a feed.
FEED_LENGTH = 50
# How many rows of a query are in memory at once while a file is read or written.
ROWS_AT_ONCE = 5_000
# Up to this many changed rows are followed one by one to what rests on them; beyond
# that, everything is checked.
FOLLOWED_ONE_BY_ONE = 5_000
# How many objects an import creates or deletes together, and keys in one query.
OBJECTS_AT_ONCE = 500
# From here on a number does not fit the columns of numbers.
TOO_LARGE = Decimal(10) ** 17
