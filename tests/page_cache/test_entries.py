"""Answers kept in memory: how much, and what makes room for what."""

from hypothesis import given
from hypothesis import strategies as st

from cbec_site.page_cache.entries import Entries, make_entry

HEADERS = [("Content-Type", "image/png")]


def entry_of(size):
    return make_entry(1, HEADERS, b"x" * size, 0.0)


def test_ever_new_addresses_do_not_drive_out_what_is_read_again():
    entries = Entries(100_000)
    read = [("page", number) for number in range(10)]
    for key in read:
        entries.put(key, entry_of(2000))
        entries.get(key)

    for number in range(1000):
        entries.put(("search", number), entry_of(2000))

    assert all(entries.get(key) for key in read)
    assert entries.get(("search", 0)) is None
    assert entries.get(("search", 999)) is not None


def test_what_is_no_longer_read_makes_room():
    entries = Entries(100_000)
    for number in range(200):
        entries.put(number, entry_of(2000))
        entries.get(number)

    assert entries.get(0) is None
    assert entries.get(199) is not None


def test_new_answer_of_an_address_takes_the_place_and_the_count_of_the_old_one():
    entries = Entries(100_000)
    entries.put("a", entry_of(2000))
    entries.get("a")
    entries.put("a", entry_of(1000))
    entries.put("b", entry_of(10))

    assert (len(entries), entries.size) == (2, entry_of(1000).size + entry_of(10).size)
    assert [key for key, _entry in entries.most_read(1)] == ["a"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "get", "drop"]),
            st.integers(0, 9),
            st.sampled_from([0, 3000, 20_000, 60_000]),
        ),
        max_size=60,
    )
)
def test_memory_is_bounded_whatever_is_read_and_written(steps):
    entries = Entries(50_000)
    latest = {}
    for step, key, size in steps:
        if step == "put":
            latest[key] = entry_of(size)
            entries.put(key, latest[key])
            assert (entries.get(key) is latest[key]) == (latest[key].size <= 50_000)
        elif step == "get":
            assert entries.get(key) in (None, latest.get(key))
        else:
            entries.drop(key)
            assert entries.get(key) is None
        kept = [entry for _key, entry in entries.most_read(100)]
        assert entries.size == sum(entry.size for entry in kept) <= 50_000
        assert len(entries) == len(kept)
