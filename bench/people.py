"""Who asks of ours, and what waits to be written: ``python -m bench.people session viewer``."""

import datetime
import json
import random
import sys

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Max

from bench.generate import insert
from tracker.models import Assessment, Body, Change, Commitment, User
from tracker.sessions import SessionStore
from tracker.vocabulary import Result, Step, Verb


def person(role: str) -> User:
    """Somebody of that role; a focal point speaks for all bodies."""
    user = User.objects.get_or_create(username=f"bench-{role}", defaults={"role": role})[0]
    if role == "focal_point":
        user.bodies.set(Body.objects.all())
    return user


def session(role: str) -> None:
    """Sign somebody in, and print the key of the session."""
    user, held = person(role), SessionStore()
    held[SESSION_KEY] = str(user.pk)
    held[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    held[HASH_SESSION_KEY] = user.get_session_auth_hash()
    held.create()
    print(held.session_key)


def reviews(number: str) -> None:
    """Put so many assessments under review, and print key and version of each."""
    chance, today = random.Random(number), datetime.date.today()
    last = Assessment.objects.aggregate(last=Max("pk"))["last"] or 0
    keys = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
    rows = [
        {
            "id": last + place,
            "key": f"W{place}",
            "commitment": commitment,
            "step": Step.UNDER_REVIEW,
            "result": chance.choice(Result.values),
            "basis": "desk_review",
            "rationale": "Because.",
            "sent_on": today,
            "comments_due_on": today,
            "comments_on": today,
        }
        for place, commitment in enumerate(chance.sample(keys, int(number)), 1)
    ]
    insert(Assessment, rows)
    print(json.dumps([[row["key"], f'"assessment-{row["id"]}-1"'] for row in rows]))


def adopted(prefix: str) -> None:
    """Print how many of those were adopted; -1 where as many changes do not say so."""
    rows = Assessment.objects.filter(key__startswith=prefix, step=Step.ADOPTED)
    number = rows.count()
    said = Change.objects.filter(noun="assessment", verb=Verb.ADOPTED).count()
    print(number if said == number else -1)


if __name__ == "__main__":
    {"session": session, "reviews": reviews, "adopted": adopted}[sys.argv[1]](sys.argv[2])
