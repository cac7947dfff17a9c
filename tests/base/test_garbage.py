"""What is loaded is left out of the collector's rounds once."""

import subprocess
import sys


def test_an_import_leaves_out_what_the_server_has_left_out():
    program = """
import gc
from cbec_site.base.garbage import only_new_garbage, spare_what_is_loaded
spare_what_is_loaded()
before = gc.get_freeze_count()
with only_new_garbage():
    assert gc.get_freeze_count() == before
print(before, gc.get_freeze_count())
"""
    before, after = subprocess.check_output(
        [sys.executable, "-c", program], text=True
    ).split()

    assert before == after != "0"
