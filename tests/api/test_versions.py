"""``ETag`` and ``If-Match``: nobody overwrites what they have not read."""

import pytest

from tests.api.people import signed_in
from tests.api.test_refusals import WRITABLE, placed
from tests.make import (
    make_addressee,
    make_body,
    make_body_name,
    make_provision,
    make_theme,
    make_user,
)
from tracker.models import Change
from tracker.vocabulary import Role

#: What is posted under a record and changes nothing that is there: nothing can be overwritten.
ADDING = ("copy", "reveal", "citations", "deliveries", "extensions")
STEPS = ("expand", "report-", "assessment-", "designation-")
#: A saved view is its owner's alone: see test_views.
CHANGING = [
    case
    for case in WRITABLE
    if case.values[0] != "view"
    and case.values[2] != "post"
    or (case.values[0].startswith(STEPS) and not case.values[0].endswith(ADDING))
]


@pytest.mark.parametrize(("name", "path", "method"), CHANGING)
def test_a_change_says_which_version_it_changes(db, monkeypatch, name, path, method):
    monkeypatch.setattr("tracker.api.permissions.may", lambda user, act, body=None: True)
    everything = signed_in(make_user(Role.AUDITOR))
    address = placed(name, path)
    before = Change.objects.count()
    for sent in (None, "", "*", "1"):
        response = getattr(everything, method)(address, {}, HTTP_IF_MATCH=sent)
        assert (response.status_code, "If-Match" in response.json()["detail"]) == (428, True), sent
    assert Change.objects.count() == before


def test_every_step_is_asked_for_its_version():
    assert len([case for case in CHANGING if case.values[2] == "post"]) >= 1 + 1 + 8 + 1


STALE = ['"theme-1-1"', '"4"', "W/{tag}"]


@pytest.mark.parametrize("stale", STALE)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_another_version_is_refused_with_the_one_that_stands(administrator, method, stale):
    theme = make_theme(version=4)
    path = f"/api/v1/themes/{theme.slug}/"
    tag = administrator.get(path).headers["ETag"]
    stale = stale.format(tag=tag)
    response = getattr(administrator, method)(path, {"name": "Mine"}, HTTP_IF_MATCH=stale)
    # The version alone: what the record shows besides it is told by reading it.
    assert (response.status_code, response.headers["ETag"]) == (412, f'{tag.partition(".")[0]}"')
    assert response.json()["version"] == 4
    assert "changed in the meantime" in response.json()["detail"]
    assert administrator.get(path).json()["name"] == theme.name
    several = f"{stale}, {tag}"
    assert administrator.patch(path, {"name": "Mine"}, HTTP_IF_MATCH=several).status_code == 200


def test_every_record_and_every_version_has_a_tag_of_its_own(administrator):
    first, second = make_theme("first"), make_theme("second")
    tags = [administrator.tag(f"/api/v1/themes/{theme.slug}/") for theme in (first, second)]
    made = administrator.post("/api/v1/themes/", {"slug": "third", "name": "Third"})
    changed = administrator.patch("/api/v1/themes/third/", {"name": "3"})
    tags += [made.headers["ETag"], changed.headers["ETag"]]
    assert len(set(tags)) == 4
    assert administrator.tag("/api/v1/themes/third/") == changed.headers["ETag"]
    assert administrator.get("/api/v1/themes/").headers["ETag"].startswith("W/")


def test_who_was_faster_between_reading_and_writing_is_not_overwritten(administrator, monkeypatch):
    theme = make_theme()
    path = f"/api/v1/themes/{theme.slug}/"
    monkeypatch.setattr("tracker.api.views.base.require_match", faster(theme))
    response = administrator.patch(path, {"name": "Mine"})
    assert (response.status_code, response.json()["version"]) == (412, 2)
    assert (
        response.headers["ETag"].strip('"') == administrator.tag(path).strip('"').partition(".")[0]
    )
    assert administrator.get(path).json()["name"] == "Theirs"


def faster(theme):
    """Somebody who changes the record just after it was compared."""

    def compare(request, noun):
        type(theme).objects.filter(pk=theme.pk).update(name="Theirs", version=2)

    return compare


def test_rows_listed_inside_a_record_are_not_overwritten_either(administrator):
    provision, body = make_provision(), make_body("TESTBODY")
    make_addressee(provision, "all_states")
    make_body_name(body)
    for path, field, rows in (
        (f"/api/v1/provisions/{provision.key}/", "addressees", [{"kind": "organizations"}]),
        (f"/api/v1/provisions/{provision.key}/", "addressees", []),
        (
            f"/api/v1/provisions/{provision.key}/",
            "deadlines",
            [{"label": "Report", "kind": "adoption", "offset_months": 1}],
        ),
        ("/api/v1/bodies/TESTBODY/", "names", []),
    ):
        tag = administrator.tag(path)
        first = administrator.patch(path, {field: rows}, HTTP_IF_MATCH=tag)
        assert first.status_code == 200, first.json()
        assert first.headers["ETag"] == administrator.tag(path) != tag
        assert administrator.patch(path, {field: []}, HTTP_IF_MATCH=tag).status_code == 412
        assert len(administrator.get(path).json()[field]) == len(rows)
        same = administrator.patch(path, {field: rows})
        assert same.headers["ETag"] == first.headers["ETag"]
