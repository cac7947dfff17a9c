import signal
import socket
import subprocess
import sys
import time

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

PAGES = (
    ("简体中文  ", "zh-hans/"),
    ("English   ", "en/"),
    ("Admin     ", "admin/"),
    ("API       ", "en/api/"),
)
HOST = "127.0.0.1"
SERVER = f"-m cbec_site.web_server --host {HOST} --processes 1 --port".split()
# Long enough to end a request or a task; after that a process is killed, which
# leaves the database as whole as any other crash does.
PATIENCE = 20


class Command(BaseCommand):
    help = "Prepare the local database and serve the site until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port, **options):
        check_port(port)
        call_command("prepare", stdout=self.stdout)
        for name, path in PAGES:
            self.stdout.write(f"{name}http://127.0.0.1:{port}/{path}")
        self.stdout.flush()
        commands = [[*SERVER, str(port)]]
        if apps.is_installed("django_tasks_db"):
            commands.append([str(settings.BASE_DIR / "manage.py"), "worker"])
        sys.exit(run_together(commands))


def check_port(port):
    """Raises CommandError if the port is taken, before anything is prepared."""
    with socket.socket() as probe:
        probe.settimeout(1)
        is_taken = probe.connect_ex((HOST, port)) == 0
    if is_taken:
        raise CommandError(
            f"Something answers on port {port} already, perhaps this site in another "
            f"window. Stop it, or choose another port: PORT={port + 1} make run"
        )


def run_together(commands):
    """Run Python with each list of arguments until the first process or a signal ends
    it.

    The others are restarted if they end by themselves. Returns the exit status of the
    first, 0 after a signal.
    """

    def start(command):
        # In a session of its own: Ctrl-C reaches only this process, which ends
        # the others.
        return subprocess.Popen([sys.executable, *command], start_new_session=True)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    running = []
    try:
        running.extend(start(command) for command in commands)
        while running[0].poll() is None:
            time.sleep(0.5)
            for index, process in enumerate(running[1:], start=1):
                if process.poll() is not None:
                    running[index] = start(commands[index])
        return running[0].returncode
    finally:
        stop(running)


def stop(processes):
    """Ask the processes to end, wait, then end them."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(timeout=max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
