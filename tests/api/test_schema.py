"""The description of the API: valid, complete, and readable without another site."""

import html
import json
import re

import pytest
from django.core.management import call_command

from tests.api.people import signed_in
from tests.api.test_lists import LISTS
from tests.api.test_refusals import WRITABLE, addresses
from tests.make import make_user
from tracker import filters
from tracker.api.serializers.jobs import JobSerializer
from tracker.exports.forms import FORMS, forms_of
from tracker.listings import LISTS as JOBS
from tracker.listings import NOUNS
from tracker.models import Body
from tracker.reports.since import PARTS as FOLLOWED
from tracker.vocabulary import Role


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The description as JSON, written by the command that also validates it."""
    path = tmp_path_factory.mktemp("schema") / "schema.json"
    call_command(
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--format=openapi-json",
        f"--file={path}",
    )
    return json.loads(path.read_text())


@pytest.mark.parametrize("name", LISTS)
def test_every_filter_of_a_list_is_described(described, name):
    parameters = described["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
    named = {parameter["name"]: parameter for parameter in parameters}
    files = {"format"} if forms_of(NOUNS[LISTS[name]]) else set()
    files |= {"Prefer"} if name in JOBS else set()
    door = {"cursor", "fields", *({"expand"} if "expand" in named else ())}
    door |= {"changed_since"} if NOUNS[LISTS[name]] in FOLLOWED else set()
    assert set(named) == {*LISTS[name].base_filters, "page", "page_size", *files, *door}
    assert all(parameter["description"] for parameter in parameters)


def test_the_files_of_a_list_are_described_and_its_refusals_are_json(described):
    answers = described["paths"]["/api/v1/commitments/"]["get"]["responses"]
    for form in FORMS.values():
        assert form.media_type.partition(";")[0] in answers["200"]["content"]
    assert answers["200"]["content"]["text/csv"]["schema"]["format"] == "binary"
    assert list(answers["400"]["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("name", JOBS)
def test_what_a_job_does_is_answered_with_that_one_job(described, name):
    answers = described["paths"][f"/api/v1/{name}/"]["get"]["responses"]
    shown = answers["202"]["content"]["application/json"]["schema"]["$ref"]
    assert shown == "#/components/schemas/Job"
    assert set(JobSerializer().fields) == set(described["components"]["schemas"]["Job"]["required"])


def test_where_the_file_is_elsewhere_the_way_there_is_described(described, viewer):
    answer = viewer.get("/api/v1/compare/?body=XAA&body=XAB&format=csv")
    assert viewer.get(answer["Location"]).status_code == 200
    told = described["paths"]["/api/v1/compare/"]["get"]["responses"]
    assert str(answer.status_code) in told
    assert "302" not in described["paths"]["/api/v1/commitments/"]["get"]["responses"]


def test_where_fields_are_chosen_a_part_is_described_beside_the_whole(described):
    shown, seen = described["components"]["schemas"], []
    for path, methods in described["paths"].items():
        get = methods.get("get", {})
        if any(each["name"] == "fields" for each in get.get("parameters", ())):
            answer = get["responses"]["200"]["content"]["application/json"]["schema"]
            page = shown.get(answer.get("$ref", "").rpartition("/")[2], {"properties": {}})
            answer = page["properties"].get("results", {}).get("items", answer)
            part = answer.get("anyOf", [{}])[-1].get("$ref", "").rpartition("/")[2]
            assert part.endswith("Some") and "required" not in shown[part], path
            seen.append(path)
    assert len(seen) > 40
    assert {"/api/v1/bodies/{key}/", "/api/v1/bodies/"} <= set(seen)


def test_the_values_of_a_filter_are_listed_with_their_words(described):
    parameters = described["paths"]["/api/v1/commitments/"]["get"]["parameters"]
    [result] = [parameter for parameter in parameters if parameter["name"] == "result"]
    assert "not_assessed" in result["schema"]["items"]["enum"]
    assert "`not_assessed`: Not assessed." in result["description"]


def test_every_write_is_described_with_its_refusals(described):
    for case in WRITABLE:
        _name, path, method = case.values
        answers = set(described["paths"][path][method]["responses"])
        assert {"400", "401", "403"} <= answers, (path, method)
        if "{key}" in path:
            assert {"404", "409"} <= answers, (path, method)
        if method in ("put", "patch", "delete"):
            assert {"412", "428"} <= answers, (path, method)


def test_another_record_is_sent_as_its_key_and_shown_with_its_name(described):
    schemas = described["components"]["schemas"]
    sent = schemas["MembershipRequest"]["properties"]["member"]
    assert sent["type"] == "string"
    assert "Ref" in json.dumps(schemas["Membership"]["properties"]["member"])


def test_the_description_is_served(viewer):
    response = viewer.get("/api/v1/schema/?format=json")
    assert response.json()["openapi"].startswith("3.")


def test_it_is_worked_out_once_for_all_in_each_language(viewer, administrator, monkeypatch):
    asked = {"viewer": viewer, "administrator": administrator}
    path, texts = "/api/v1/schema/?format=json", {}
    for language in ("en", "fr"):
        first = viewer.get(path, HTTP_ACCEPT_LANGUAGE=language).content
        with monkeypatch.context() as patch:
            patch.delattr("drf_spectacular.generators.SchemaGenerator.parse")
            for name, client in asked.items():
                assert client.get(path, HTTP_ACCEPT_LANGUAGE=language).content == first, name
        texts[language] = json.loads(first)["components"]["schemas"]["Body"]
    assert texts["en"] != texts["fr"]
    assert viewer.get(f"{path}&version=2").json()["info"]["version"] == "1 (2)"


def test_the_documentation_asks_no_other_site_and_has_nothing_inline(viewer):
    page = viewer.get("/api/v1/docs/").content.decode()
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "<style" not in page and " style=" not in page
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == ["", ""]
    script = viewer.get("/api/v1/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")


@pytest.mark.parametrize("path", ["", "commitments/", "provisions/S/RES/2322(2016)/13(e)/"])
def test_the_browsable_pages_ask_no_other_site_and_have_nothing_inline(administrator, path):
    page = administrator.get(f"/api/v1/{path}", HTTP_ACCEPT="text/html").content.decode()
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=\"(https?:)?//", page)
    assert "<style" not in page and " style=" not in page and " onclick=" not in page
    assert "".join(re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)).strip() == ""


def test_only_who_may_write_is_offered_a_text_box_and_only_for_today(viewer, administrator):
    path = "/api/v1/bodies/CTED/"
    offered = [
        b"<textarea" in client.get(address, HTTP_ACCEPT="text/html").content
        for client, address in (
            (administrator, path),
            (administrator, f"{path}?on=2020-01-01"),
            (viewer, path),
        )
    ]
    assert offered == [True, False, False]


def test_the_text_box_of_a_record_holds_what_may_be_sent_back(administrator):
    path = "/api/v1/provisions/S/RES/2322(2016)/21/"
    page = administrator.get(path, HTTP_ACCEPT="text/html").content.decode()
    [text] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    sent = json.loads(html.unescape(text))
    assert sent["resolution"] == "S/RES/2322(2016)"
    assert sent["deadlines"] and sent["addressees"]
    tag = administrator.tag(path)
    assert f'data-etag="{html.escape(tag)}"' in page
    response = administrator.put(path, sent)
    assert (response.status_code, response.headers["ETag"]) == (200, tag), response.json()


#: The base of them all.
NO_LISTS = {"StrictFilterSet"}


def test_every_filterset_has_a_list_here():
    here = {view.filterset for _name, _path, view in addresses() if hasattr(view, "filterset")}
    assert here == {getattr(filters, name) for name in set(filters.__all__) - NO_LISTS}


def test_every_example_answers_on_the_demonstration_register(described, administrator):
    """Keys are read; what may be sent is tried, by who may send it."""
    person = make_user(Role.FOCAL_POINT, bodies=[Body.objects.get(code="XAA")])
    senders = [administrator, signed_in(person), signed_in(make_user(Role.ASSESSOR))]
    read = sent = 0
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            address = path
            for parameter in operation.get("parameters", []):
                for example in parameter.get("examples", {}).values():
                    address = address.replace("{key}", example["value"])
            if method == "get" and address != path and "{" not in address:
                answer = administrator.get(address)
                b"".join(answer)
                assert answer.status_code == 200 or "checks/" in address, address
                read += 1
            for example in _bodies(operation):
                answers = [each.post(f"{address}?dry_run=true", example) for each in senders]
                # What is shown once cannot be tried.
                once = any(each in path for each in ("tokens", "webhooks"))
                wanted = (400,) if once else (200, 201)
                assert any(each.status_code in wanted for each in answers), answers[0].content
                sent += 1
    assert read >= 12 and sent >= 20


def _bodies(operation):
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return [each["value"] for each in content.get("examples", {}).values()]
