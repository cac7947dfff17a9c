"""The memory of a server process stays within bounds."""

import subprocess
import sys

import pytest

# Threads that allocate at the same time, and then what glibc says of its heaps.
THREADS = """
import ctypes, threading
{before}
barrier = threading.Barrier(12)
def fill():
    barrier.wait()
    kept = [bytearray(50_000) for _ in range(100)]
    barrier.wait()
threads = [threading.Thread(target=fill) for _ in range(12)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
stdout = ctypes.c_void_p.in_dll(libc, "stdout")
libc.malloc_info(0, stdout)
libc.fflush(stdout)
"""


BEFORE = [
    ("from cbec_site.web_server import bound_heaps; bound_heaps()", True),
    ("", False),
]


@pytest.mark.parametrize(("before", "is_shared"), BEFORE)
def test_threads_share_two_heaps(before, is_shared):
    program = THREADS.format(before=before)

    report = subprocess.check_output([sys.executable, "-c", program], text=True)

    assert (report.count("<heap nr=") <= 2) == is_shared


# Large blocks with something small that is kept after each; then the large ones go.
# The threshold that glibc would set from what is freed first is larger than they are.
HOLES = """
import os
from pathlib import Path
{before}
del (first := [bytearray(1_000_000) for _ in range(3)])[:]
def held():
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
kept, before = [], held()
large = [(bytearray(100_000), kept.append(bytearray(1_000))) for _ in range(300)]
del large
print(held() - before)
"""


@pytest.mark.parametrize(("before", "is_given_back"), BEFORE)
def test_memory_of_large_texts_is_given_back(before, is_given_back):
    program = HOLES.format(before=before)

    more = int(subprocess.check_output([sys.executable, "-c", program], text=True))

    assert (more < 5_000_000) == is_given_back
