"""Imports in processes of their own, for tests that kill them (``-m tests.tables.importing``).

Each line read names a file, and after how many seconds the child that imports it is killed; how
the child ended is printed.
"""

import os
import signal
import sys
import time


def main():
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from tracker.tables.plan import apply

    print("ready", flush=True)
    for line in sys.stdin:
        seconds, path = line.rstrip("\n").split(" ", 1)
        pid = os.fork()
        if not pid:
            with open(path, "rb") as stream:
                apply("bodies", stream, by=None, reason="Killed or not")
            os._exit(0)
        if seconds != "never":
            time.sleep(float(seconds))
            # Until it is waited for, the id is that of the child, also when it has ended.
            os.kill(pid, signal.SIGKILL)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main()
