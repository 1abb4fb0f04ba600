"""Every system that the news item of CTED names is reached from the home page, by name."""

import pytest

from tests.dashboard.pages import links, read

pytestmark = pytest.mark.django_db

#: System → the texts of the links to follow from home, and what the last page then says.
SYSTEMS = {
    "mutual legal assistance": (["Mutual legal assistance"], "Paragraphs"),
    "electronic evidence": (["ICT and electronic evidence", "Electronic evidence"], "13(b)"),
    "information technology": (["Information and communications technology"], "Paragraphs"),
    "Central Authorities": (["Central Authorities"], "13(e)"),
    "the network of Central Authorities": (
        ["Demonstration Network of Central Authorities"],
        "Member",
    ),
    "police-to-police cooperation": (["Police-to-police cooperation"], "Paragraphs"),
    "INTERPOL I-24/7": (["INTERPOL I-24/7"], "In use from"),
    "national central bureaus": (["INTERPOL National Central Bureaus"], "16"),
    "regional networks": (["Regional networks of focal points"], "13(h)"),
    "the Council of Europe network": (
        ["Council of Europe 24/7 Network of Contact Points"],
        "1 July 2017",
    ),
    "CTC": (["Counter-Terrorism Committee"], "What is asked of it"),
    "CTED": (["Counter-Terrorism Committee Executive Directorate"], "Part of"),
    "civil society, academia, private sector": (
        ["Partnership with civil society, academia and the private sector"],
        "14",
    ),
    "the resolution": (["S/RES/2322 (2016)"], "Operative paragraphs"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_reached_from_home_by_name(viewer, system):
    names, sentence = SYSTEMS[system]
    answer = viewer.get("/")
    for name in names:
        answer = viewer.get(links(read(answer))[name])
        assert answer.status_code == 200
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("symbol", ["S/2016/1030", "S/PV.7831", "SC/12620", "CETS No. 217"])
def test_the_documents_stand_on_the_home_page(viewer, symbol):
    assert symbol in viewer.get("/").content.decode()


def test_the_council_of_europe_network_has_both_its_dates(viewer):
    shown = viewer.get("/bodies/COE-24-7/").content.decode()
    assert "November 2016" in shown
    assert "1 July 2017" in shown
