"""Processes forked from one in which the site is loaded, to save loading it again.

That process starts with the first of them and ends with this one. Each fork has
its own session, settings and connections, like a process that was started.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.loaded_site"])


class Forked:
    """`python …` in a fork; has the part of `subprocess.Popen` that tests use."""

    def __init__(self, arguments, environment, log):
        self._process = context.Process(target=_run, args=(arguments, environment, log))
        self._process.start()
        self.pid = self._process.pid

    def poll(self):
        return self._process.exitcode

    def wait(self, timeout):
        self._process.join(timeout)
        if self.poll() is None:
            raise subprocess.TimeoutExpired("fork", timeout)
        return self.poll()


def _run(arguments, environment, log):
    os.setsid()
    with log.open("wb") as output:
        for number in (1, 2):
            os.dup2(output.fileno(), number)
    # Processes that this one starts are forks of itself.
    multiprocessing.set_start_method("fork", force=True)
    os.environ.update(environment)
    from tests.loaded_site import read_settings_anew

    read_settings_anew()
    from tests.pause_points import hold_at

    hold_at(environment["HOLD"])
    if arguments[0] == "-m":
        sys.argv = list(arguments[1:])
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(arguments)
        runpy.run_path(arguments[0], run_name="__main__")
