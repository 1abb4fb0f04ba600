"""How much the server grows while it sends a very large list.

python -m bench.generate 1000000      (into the database that DATABASE_URL names)
python -m tests.exports.large csv     (or jsonl; asks for every commitment)
"""

import resource
import sys
import time

import django

django.setup()

from django.test import Client

from tracker.models import User


def main(form: str) -> None:
    """Send the list through the whole stack, and print rows, seconds and growth."""
    client = Client()
    client.force_login(User.objects.get_or_create(username="bench-reader")[0])
    client.get("/commitments/?format=about&body=FRA").getvalue()
    before, began = peak(), time.monotonic()
    response = client.get("/commitments/", {"format": form})
    size = sum(map(len, response.streaming_content))
    print(
        f"{response['X-Row-Count']} rows, {size / 1e6:.0f} MB, {time.monotonic() - began:.0f} s, "
        f"peak memory grew by {(peak() - before) / 1024:.1f} MB"
    )


def peak() -> int:
    """The most memory that this process has held, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(*sys.argv[1:] or ["csv"])
