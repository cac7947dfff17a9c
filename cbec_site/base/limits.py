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
# How many objects are written, deleted or indexed together, and keys in one query.
OBJECTS_AT_ONCE = 500
# Values that one answer reads at most: a check of a claim, the search for values.
VALUES_READ = 20_000
# What the page of a batch shows: its changes, and the pages that have its values.
BATCH_SHOWN = 200
# What depends on a value or an act is named up to this many of each kind.
DEPENDENTS_NAMED = 50
# What prevents the undoing of an import is named up to this many.
REFUSALS_NAMED = 20
# From this size on, a number does not fit the columns for numbers.
TOO_LARGE = Decimal(10) ** 17
# Characters of a reason in the history.
REASON_LENGTH = 100
