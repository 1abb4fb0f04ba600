"""Each question of each role is answered in at most three interactions, which the visit counts."""

import pytest

from tests.journeys.answers import PAGE, as_page
from tests.journeys.questions import PEOPLE, QUESTIONS
from tests.journeys.register import Register
from tests.journeys.visits import Visit

MOST = 3


@pytest.fixture(scope="module")
def register(site):
    return Register(site.register)


@pytest.fixture(scope="module")
def pages(site, browser, signed_in):
    """One page for each person, opened when it is first asked for."""
    opened = {}

    def page_of(person):
        if person not in opened:
            context = browser.new_context(
                base_url=site.address,
                storage_state=signed_in[person],
                viewport={"width": 1280, "height": 900},
            )
            opened[person] = context.new_page()
        return opened[person]

    yield page_of
    for page in opened.values():
        page.context.close()


@pytest.mark.journey
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: f"{each.screen}: {each.asks}")
def test_it_is_answered_in_three_interactions(question, pages, register):
    person = PEOPLE[question.role]
    visit = Visit(pages(person))
    visit.opens(question.start)
    for step in question.steps:
        step.take(visit)
    assert visit.acts <= MOST
    assert question.answer, "no answer is looked for"
    for seen in question.answer:
        words = register.words(seen.sql, seen.form, person=person)
        assert visit.sees(seen.place, words), f"“{words}” not in {visit.shows(seen.place)}"


def test_the_page_for_people_is_this_table():
    assert PAGE.read_text() == as_page(), "run: python -m tests.journeys.answers"


def test_all_screens_and_roles_are_asked():
    assert len(QUESTIONS) >= 60
    assert {question.role for question in QUESTIONS} == set(PEOPLE)
    assert len({question.screen for question in QUESTIONS}) >= 12
    assert len({(question.role, question.asks) for question in QUESTIONS}) == len(QUESTIONS)
