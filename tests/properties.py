"""How many examples a property is tried with: few in `make quick`, many in `soak`."""

import os

import hypothesis

ASKED = os.environ.get("TIMES_AS_MANY_EXAMPLES")
TIMES = float(ASKED or 1)
# Whether everything is tried of which `make test` tries a sample.
IS_SOAK = ASKED is not None and TIMES >= 1


def examples(count):
    """The settings of a property that `make test` tries with `count` examples."""
    return hypothesis.settings(max_examples=times(count))


def times(count):
    return max(1, round(count * TIMES))


# The default of Hypothesis is 100.
USUAL = times(100)
