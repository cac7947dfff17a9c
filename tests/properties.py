"""How many examples a property is tried on; `make soak` tries many more."""

import os

import hypothesis

# Whether what is sampled otherwise is tried whole.
IS_SOAK = "TIMES_AS_MANY_EXAMPLES" in os.environ
TIMES = int(os.environ.get("TIMES_AS_MANY_EXAMPLES", "1"))
# Hypothesis's own default.
USUAL = 100


def examples(count):
    """The settings of a property that is tried on `count` examples in `make test`."""
    return hypothesis.settings(max_examples=count * TIMES)
