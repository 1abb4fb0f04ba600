"""The worker that a server starts beside itself, and that ends with it."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def start_worker() -> subprocess.Popen | None:
    """Start one, unless there is to be none (``JOBS_WORKER``).

    It ends when the process that calls this is gone, however that ends, and what it had in hand
    is taken back.
    """
    if not settings.JOBS_WORKER:
        return None
    manage = Path(settings.BASE_DIR) / "manage.py"
    command = [sys.executable, manage, "work", "--beside", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603
