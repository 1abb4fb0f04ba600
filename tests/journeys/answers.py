"""The table of questions as a page for people: ``python -m tests.journeys.answers`` writes it."""

from itertools import groupby

from tests.journeys.questions import QUESTIONS
from tests.journeys.site import ROOT

PAGE = ROOT / "docs" / "questions.md"
HEAD = """\
# Questions and answers

What each screen answers, who asks, and what it takes: at most three interactions from the home
page, or from the page named. `tests/journeys/test_questions.py` asks each of them in a real
browser, counts what is done, and compares the answer with the register by SQL of its own.
This page is written from its table by `python -m tests.journeys.answers`.
"""


def as_page() -> str:
    """The whole page."""
    parts = [HEAD]
    for screen, questions in groupby(QUESTIONS, key=lambda each: each.screen):
        parts.append(f"\n## {screen}\n\n| who | asks | does |\n|---|---|---|\n")
        parts += [f"| {each.role} | {each.asks} | {done(each)} |\n" for each in questions]
    return "".join(parts)


def done(question) -> str:
    """The steps in words."""
    steps = ", then ".join(map(str, question.steps)) or "looks at the page"
    return f"{steps}; from `{question.start}`" if question.start != "/" else steps


if __name__ == "__main__":
    PAGE.write_text(as_page())
