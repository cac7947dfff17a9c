"""Values kept in memory: how much, and what makes room for what."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from cbec_site.base.segmented import SegmentedCache


@dataclass(frozen=True)
class Value:
    size: int


def test_ever_new_keys_do_not_drive_out_what_is_read_again():
    values = SegmentedCache(100_000)
    read = [("page", number) for number in range(10)]
    for key in read:
        values.put(key, Value(4000))
        values.get(key)

    for number in range(1000):
        values.put(("search", number), Value(4000))

    assert all(values.get(key) for key in read)
    assert values.get(("search", 0)) is None
    assert values.get(("search", 999)) is not None


def test_what_is_no_longer_read_makes_room():
    values = SegmentedCache(100_000)
    for number in range(200):
        values.put(number, Value(4000))
        values.get(number)

    assert values.get(0) is None
    assert values.get(199) is not None


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
    values = SegmentedCache(50_000)
    latest = {}
    for step, key, size in steps:
        if step == "put":
            latest[key] = Value(size)
            values.put(key, latest[key])
            assert (values.get(key) is latest[key]) == (size <= 50_000)
        elif step == "get":
            assert values.get(key) in (None, latest.get(key))
        else:
            values.drop(key)
            assert values.get(key) is None
        kept = [value for _key, value in values.items()]
        assert values.size == sum(value.size for value in kept) <= 50_000
        assert len(values) == len(kept)
