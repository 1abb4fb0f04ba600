"""Saved views: whose they are, who changes them, and that nobody overwrites anybody."""

import pytest
from django.core.exceptions import ValidationError

from tests.make import make_user, make_view
from tracker import actions
from tracker.actions.views import MOST_VIEWS
from tracker.models import Change, KeptKeys, SavedView
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


def test_a_view_belongs_to_who_saves_it_and_leaves_no_change():
    owner, before = make_user(), Change.objects.count()
    view = actions.save_view(SavedView(list_name="commitments", name="Über alles"), by=owner)
    assert view.owner == owner and view.visibility == "private"
    assert view.slug.startswith("uber-alles-")
    assert Change.objects.count() == before


def test_a_slug_tells_nobody_which_names_are_taken():
    slugs = {
        actions.save_view(SavedView(list_name="bodies", name="Mine"), by=make_user()).slug
        for _ in range(2)
    }
    assert len(slugs) == 2


def test_a_name_in_another_script_has_a_slug_too():
    view = actions.save_view(SavedView(list_name="bodies", name="الالتزامات"), by=make_user())
    assert view.slug.startswith("view-")


@pytest.mark.parametrize("visibility", ["private", "team"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_changes_or_deletes_it(role, visibility):
    view = make_view(visibility=visibility)
    other = make_user(role)
    view.name = "Taken"
    with pytest.raises(actions.Refused):
        actions.save_view(view, by=other)
    view.refresh_from_db()
    with pytest.raises(actions.Refused):
        actions.delete_view(view, by=other)
    assert SavedView.objects.get(pk=view.pk).name != "Taken"


def test_an_administrator_keeps_the_shared_ones_in_order_and_no_private_one():
    keeper = make_user(Role.ADMINISTRATOR)
    actions.delete_view(make_view(visibility="team"), by=keeper)
    with pytest.raises(actions.Refused):
        actions.delete_view(make_view(), by=keeper)


def test_sharing_it_by_hand_gives_no_right_to_change_it():
    """The right follows from the view as it stands, not as it was sent."""
    view = make_view()
    view.visibility = "team"
    with pytest.raises(actions.Refused):
        actions.save_view(view, by=make_user(Role.ADMINISTRATOR))


def test_a_view_that_was_changed_meanwhile_is_not_overwritten():
    view = make_view(owner=make_user())
    mine, theirs = (SavedView.objects.get(pk=view.pk) for _ in range(2))
    theirs.name = "Theirs"
    actions.save_view(theirs, by=view.owner)
    with pytest.raises(actions.Conflict):
        actions.save_view(mine, by=view.owner)


def test_there_is_an_end_to_the_views_of_one_person(monkeypatch):
    monkeypatch.setattr("tracker.actions.views.MOST_VIEWS", 1)
    owner = make_view().owner
    assert MOST_VIEWS > 1
    with pytest.raises(ValidationError, match="1 views already"):
        actions.save_view(SavedView(list_name="bodies", name="More"), by=owner)


def test_private_views_are_seen_by_their_owner_alone():
    view, shared = make_view(), make_view(visibility="team")
    for role in Role:
        assert list(SavedView.objects.visible_to(make_user(role))) == [shared]
    assert set(SavedView.objects.visible_to(view.owner)) == {view, shared}


def test_the_same_keys_are_kept_once():
    first = actions.keep_keys(["A", "B"], by=make_user())
    assert actions.keep_keys(["A", "B"], by=make_user()) == first
    assert actions.keep_keys(["B", "A"], by=make_user()) != first
    assert KeptKeys.objects.count() == 2
