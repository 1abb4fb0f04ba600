"""The index follows every write, in its transaction; it equals a rebuild after any history."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import make_body, make_body_name, make_resolution, make_theme
from tests.thorough import examples
from tracker import actions
from tracker.models import (
    Body,
    BodyName,
    Change,
    Document,
    SearchEntry,
    Theme,
)
from tracker.search import index
from tracker.search.install import install_search

pytestmark = pytest.mark.django_db


def words(row):
    entry = SearchEntry.objects.filter(noun=row._meta.model_name, object_id=row.pk).first()
    return f"{entry.title} | {entry.others}" if entry else ""


def test_the_demonstration_is_indexed_as_it_is_loaded():
    assert index.differences() == []
    assert SearchEntry.objects.filter(noun="report").count() > 20


def test_a_write_is_indexed_with_its_record():
    theme = Theme(slug="pax", name="Pax Romana", description="Quiet")
    actions.save(theme, by=None)
    assert words(theme) == "pax romana | quiet"
    theme.name = "Bellum"
    actions.save(theme, by=None)
    assert words(theme) == "bellum | quiet"
    actions.delete(theme, by=None)
    assert not SearchEntry.objects.filter(noun="theme", title="bellum").exists()


def test_a_name_is_indexed_with_its_body():
    body = make_body("NAMED", name="Land")
    name = BodyName(body=body, language="fr", form="short", text="Pays")
    actions.save(name, by=None)
    assert words(body) == "land named pays | "
    name.text = "Contrée"
    actions.save(name, by=None)
    assert words(body) == "land named contree | "
    actions.delete(name, by=None)
    assert words(body) == "land named | "


def test_what_goes_with_a_record_goes_from_the_index():
    resolution = make_resolution(9555)
    document = Document(slug="gone", kind="report", title="Gone", resolution=resolution)
    actions.save(document, by=None)
    actions.delete(resolution, by=None)
    assert not SearchEntry.objects.filter(title__in=("gone", "s res 9555 2016")).exists()
    assert index.differences() == []


def test_a_write_that_is_taken_back_leaves_no_words():
    theme = Theme(slug="pax", name="Pax")
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.save(theme, by=None)
        raise RuntimeError("after the write")
    assert not SearchEntry.objects.filter(title="pax").exists()


def test_a_long_text_is_indexed_as_far_as_a_database_takes_it():
    text = " ".join(f"w{number:06}" for number in range(90_000))
    theme = make_theme("long", description=text)
    assert words(theme).startswith("long | w000000 w000001")
    assert len(words(theme)) < index.LARGEST + 100


def test_reindex_mends_what_check_finds(capsys):
    call_command("reindex", check=True)
    body = make_body("LOST")
    SearchEntry.objects.filter(noun="body", object_id=body.pk).delete()
    SearchEntry.objects.filter(noun="theme").update(title="other")
    SearchEntry.objects.create(noun="report", object_id=0, title="", others="", size=1)
    with pytest.raises(CommandError) as refused:
        call_command("reindex", check=True)
    for part in (f"body {body.pk} is not", "with other words", "report 0 is indexed, but"):
        assert any(part in each for each in index.differences())
    assert "Run reindex" in str(refused.value)
    call_command("reindex")
    call_command("reindex", check=True)
    assert "records are indexed" in capsys.readouterr().out


def test_records_from_before_the_index_are_indexed_once():
    SearchEntry.objects.all().delete()
    install_search(None)
    assert index.differences() == []


TEXTS = st.sampled_from(["Pax", "Bellum", "Coopération", "法律援助", "الإرهاب", ""])
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "name", "erase", "undo"]), st.integers(0, 9), TEXTS),
    max_size=12,
)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_after_any_history_the_index_is_what_a_rebuild_makes(db, steps):
    with transaction.atomic():
        for number, step in enumerate(steps):
            take(number, *step)
        assert index.differences() == []
        transaction.set_rollback(True)


def take(number, act, which, text):
    """One write of a story; what the actions refuse is no step."""
    bodies = Body.objects.filter(code__startswith="STORY-").order_by("pk")
    body = bodies[which % len(bodies)] if bodies else None
    try:
        with transaction.atomic():
            if act == "add" or body is None:
                actions.save(Body(code=f"STORY-{number}", kind="state", name=text or "x"), by=None)
            elif act == "edit":
                body.name, body.description = f"{text} {which}", text
                actions.save(body, by=None, reason="edited")
            elif act == "name":
                name = BodyName(body=body, language="fr", form="short", text=text or "Nom")
                actions.save(name, by=None)
            elif act == "erase":
                actions.delete(body, by=None, reason="erased")
            else:
                last = Change.objects.order_by("-sequence")[which % 3]
                actions.undo(last, by=None, reason="taken back")
    except Exception as error:
        assert type(error).__name__ in ("ValidationError", "Held", "Refused"), error


def test_names_at_hand_that_are_old_are_read_again():
    body = make_body("OLD", name="Old")
    list(Body.objects.prefetch_related("names").filter(pk=body.pk))
    held = Body.objects.prefetch_related("names").get(pk=body.pk)
    make_body_name(held, text="Neuf")
    held.description = "changed"
    actions.save(held, by=None)
    assert "neuf" in words(held)
