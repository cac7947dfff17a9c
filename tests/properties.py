"""On how many examples a property is tried: few in `make quick`, many in soak."""

import os

import hypothesis

ASKED = os.environ.get("TIMES_AS_MANY_EXAMPLES")
TIMES = float(ASKED or 1)
# Whether what is sampled otherwise is tried whole.
IS_SOAK = ASKED is not None and TIMES >= 1


def examples(count):
    """The settings of a property that is tried on `count` examples in `make test`."""
    return hypothesis.settings(max_examples=times(count))


def times(count):
    return max(1, round(count * TIMES))


# Hypothesis tries 100 where nothing is said.
USUAL = times(100)
