"""Whatever is asked, the answer is never a fault of the server."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.test_lists import LISTS
from tests.thorough import examples

NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "\x00",
            "%",
            "_",
            "-",
            "--body",
            "' OR 1=1 --",
            "S/RES/2322(2016)",
            "S/RES/2322(2016)/13(e)",
            "S/RES/2322(2016)/999(zzzz)",
            "2322",
            "9" * 40,
            "-1",
            "1e9",
            "NaN",
            "٣",
            "0001-01-01",
            "2024-02-30",
            "yes",
            "not_assessed",
            "CTED",
            "﷽" * 20,
            "🏳️‍🌈",
        ]
    ),
)
NAMES = sorted({name for each in LISTS.values() for name in each.base_filters})
QUERIES = st.lists(
    st.tuples(st.sampled_from([*NAMES, "page", "page_size", "format", "x"]), NASTY), max_size=4
)
FEW = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_any_query_with_rows_or_with_what_is_wrong(viewer, name):
    @FEW
    @given(QUERIES)
    def ask(query):
        data = {}
        for parameter, value in query:
            data.setdefault(parameter, []).append(value)
        response = viewer.get(f"/api/v1/{name}/", data)
        assert response.status_code in (200, 400), (query, response.status_code)

    ask()


SHARP = ["\x00", "0001-01-01", "2999-12-31", "9" * 40, "-", "%", "_", "\\", "(", "S/RES"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", LISTS)
def test_every_filter_survives_every_sharp_value(viewer, name):
    for parameter in [*LISTS[name].base_filters, "page", "page_size"]:
        for value in SHARP:
            response = viewer.get(f"/api/v1/{name}/", {parameter: value})
            assert response.status_code in (200, 400), (parameter, value)


@pytest.mark.parametrize("name", LISTS)
def test_the_last_day_of_the_calendar_is_shown_or_refused(viewer, name):
    assert viewer.get(f"/api/v1/{name}/?on=9999-12-31").status_code in (200, 400)


@pytest.mark.parametrize("name", LISTS)
def test_a_record_answers_any_key(viewer, name):
    @FEW
    @given(NASTY, NASTY)
    def ask(key, day):
        response = viewer.get(f"/api/v1/{name}/{quote(key)}/", {"on": day})
        assert response.status_code in (200, 400, 404), (key, day, response.status_code)

    ask()


PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    NASTY.filter(str.isprintable),
)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
WRITTEN = {
    "resolutions": "number year adopted_on votes_for chapter_vii links version",
    "provisions": "resolution number component summary parent themes addressees deadlines",
    "bodies": "code kind name parent region names founded_on m49",
    "memberships": "organization member role from_on until_on",
    "designations": "body kind office functions network from_on",
    "themes": "slug name parent unbis_id",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_is_sent_is_taken_or_refused(administrator, name):
    @FEW
    @given(st.dictionaries(st.sampled_from(WRITTEN[name].split()), JSON))
    def send(body):
        response = administrator.post(f"/api/v1/{name}/", body)
        assert response.status_code in (201, 400), (body, response.status_code)

    send()
