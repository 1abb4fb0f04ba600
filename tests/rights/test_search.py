"""No word that a person may not read is found by that person."""

import datetime

import pytest

from tests.rights.people import ACTORS
from tracker.search.find import find, open_entries

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 1)
#: Of the words that a person may not read, every so manieth is searched for, too.
STEP = 25
SIGNED_IN = [actor for actor in ACTORS if actor.signed_in]


@pytest.mark.parametrize("actor", SIGNED_IN, ids=lambda actor: actor.name)
def test_a_search_finds_only_words_that_may_be_read(world, actor):
    user, canaries = world.users[actor.name], world.canaries
    entries = open_entries(viewer=user, on=TODAY).values_list("title", "others")
    held = " ".join(f"{title} {others}" for title, others in entries).encode()
    assert canaries.foreign(held, actor) == set()
    assert any(word in held for word in canaries.readable(actor))
    closed = sorted(set(canaries.words) - canaries.readable(actor))[::STEP]
    for word in closed:
        assert not find(word.decode(), viewer=user, on=TODAY).exists(), canaries.words[word][0]
