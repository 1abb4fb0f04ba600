"""Processes for tests that need others: one stands ready with all imported, and forks for each.

What is asked of a fork knows nothing of the test: its connection to the database is its own, and
it can be killed. It begins in a twentieth of the time that a new interpreter takes.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What forks ask for; the addresses bring the doors.
IMPORTED = ("config.urls", "tests.make", "tracker.jobs.runner", "tracker.tables.plan")
COMMAND = "from django.core.management import execute_from_command_line as run\nrun({words!r})"


class Standing:
    """The process, as long as the context lasts; ``environment`` names database and settings."""

    def __init__(self, environment: dict):
        self.environment = environment

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.standing"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_raised):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def run(self, code: str, **how) -> str:
        """What a fork prints that runs these lines; it must end well."""
        status, told = self.fork(code, **how)
        assert not status, told
        return told

    def manage(self, *words: str, **how) -> str:
        """What a command of ours prints; it must end well."""
        return self.run(command(*words), **how)

    def fork(self, code: str, *, after: float | None = None, limit: int | None = None):
        """How a fork ended (as ``waitpid`` says), and what it printed.

        ``after`` so many seconds it is killed; no file may become longer than ``limit`` bytes.
        """
        self.process.stdin.write(json.dumps([code, after, limit]) + "\n")
        self.process.stdin.flush()
        return tuple(json.loads(self.process.stdout.readline()))


def command(*words: str) -> str:
    """The lines that run a command of ours."""
    return COMMAND.format(words=["manage.py", *words])


def serve() -> None:
    """Fork for each line that is read, and print how it ended."""
    import django

    django.setup()
    for name in IMPORTED:
        import_module(name)
    for line in sys.stdin:
        code, after, limit = json.loads(line)
        with tempfile.TemporaryFile() as told:
            pid = os.fork()
            if not pid:
                run(code, limit, told)
            if after is not None:
                time.sleep(after)
                # Until it is waited for, the id is that of the child, also when it has ended.
                os.kill(pid, signal.SIGKILL)
            status = os.waitpid(pid, 0)[1]
            told.seek(0)
            print(json.dumps([status, told.read().decode()]), flush=True)


def run(code: str, limit: int | None, told) -> None:
    """The life of a fork; what is printed and logged goes to ``told``."""
    ended = 1
    for stream in (1, 2):
        os.dup2(told.fileno(), stream)
    try:
        if limit:
            # As on a disk on which this is left: what is written beyond it fails.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        exec(code, {"__name__": "asked"})  # noqa: S102
        ended = 0
    except SystemExit as error:
        ended = error.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)


if __name__ == "__main__":
    serve()
