"""A thousand orders in which three editors may work."""

import pytest

from tests.base.drafts.test_sequences import run_sequences


@pytest.mark.django_db
def test_no_order_of_acts_out_of_a_thousand_loses_text_or_publishes_unapproved_text():
    run_sequences(examples=1000, steps=20)
