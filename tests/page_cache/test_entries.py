"""Answers kept in memory, and how often they were read."""

from cbec_site.page_cache.entries import Entries, make_entry

HEADERS = [("Content-Type", "image/png")]


def entry_of(size):
    return make_entry(1, HEADERS, b"x" * size, 0.0)


def test_new_answer_of_an_address_takes_the_place_and_the_count_of_the_old_one():
    entries = Entries(100_000)
    entries.put("a", entry_of(2000))
    entries.get("a")
    entries.put("a", entry_of(1000))
    entries.put("b", entry_of(10))

    assert (len(entries), entries.size) == (2, entry_of(1000).size + entry_of(10).size)
    assert [key for key, _entry in entries.most_read(1)] == ["a"]
