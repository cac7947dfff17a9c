"""The threads of a server process do not each keep memory of their own."""

import subprocess
import sys

import pytest

# Threads that allocate at the same time, and how many heaps there are besides the
# first: glibc aligns them to 64 MB.
THREADS = """
import re, threading
from pathlib import Path
{before}
barrier = threading.Barrier(12)
def fill():
    barrier.wait()
    kept = [bytearray(50_000) for _ in range(100)]
    barrier.wait()
threads = [threading.Thread(target=fill) for _ in range(12)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
anonymous = re.compile(r"^(\\w+)-\\w+ rw-p .* 0 *$", re.MULTILINE)
found = anonymous.findall(Path("/proc/self/maps").read_text())
starts = (int(start, 16) for start in found)
print(sum(start % (64 << 20) == 0 for start in starts))
"""


@pytest.mark.parametrize(
    ("before", "is_shared"),
    [
        ("from cbec_site.web_server import share_heaps; share_heaps()", True),
        ("", False),
    ],
)
def test_threads_share_two_heaps(before, is_shared):
    program = THREADS.format(before=before)

    heaps = int(subprocess.check_output([sys.executable, "-c", program], text=True))

    assert (heaps <= 1) == is_shared
