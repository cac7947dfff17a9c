"""How much is shown, offered or read at once, where several places have to agree."""

# The newest corrections on the page of what was corrected; the list has all.
CORRECTIONS_SHOWN = 10
# Choices of a filter; a code beyond them still works in the address.
CHOICES_OFFERED = 300
# Entries of a feed.
FEED_LENGTH = 50
# Rows of a query that are in memory together while a file is read or written.
ROWS_AT_ONCE = 5_000
# Changed rows that are followed one by one to what rests on them; beyond so many,
# everything is looked at.
FOLLOWED_ONE_BY_ONE = 5_000
# Objects that are made or deleted together, and keys in one query, in an import.
OBJECTS_AT_ONCE = 500
