"""Workers in processes of their own, for tests that kill them (``-m tests.jobs.working``).

Each line read is after how many seconds the child that does one job is killed ("never": it is
not); how the child ended is printed.
"""

import logging
import os
import signal
import sys
import time


def main():
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    # What is printed is read.
    logging.disable()
    from tracker.jobs.runner import run_next

    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            run_next()
            os._exit(0)
        if line.strip() != "never":
            time.sleep(float(line))
            # Until it is waited for, the id is that of the child, also when it has ended.
            os.kill(pid, signal.SIGKILL)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main()
