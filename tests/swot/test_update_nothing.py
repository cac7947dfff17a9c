"""An update where the study was never loaded."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_update_needs_a_loaded_study():
    with pytest.raises(CommandError, match="load_study"):
        call_command("update_study")
