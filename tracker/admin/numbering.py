"""Which number the next paragraph or letter takes: pure functions."""

from tracker import symbols

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def next_paragraph(last: str | None) -> str:
    """The paragraph after ``last``: ``13`` → ``14``; ``1`` where there is none."""
    return str(int(symbols.number_levels(last)[0]) + 1) if last else "1"


def next_part(number: str, last: str | None) -> str:
    """The part of ``number`` after ``last``: ``13``, ``13(e)`` → ``13(f)``; empty when unclear."""
    level = len(symbols.number_levels(number))
    if level > 2:
        return ""
    marks = ROMAN if level == 2 else [chr(code) for code in range(ord("a"), ord("z") + 1)]
    position = marks.index(symbols.number_levels(last)[-1]) + 1 if _ends_in(last, marks) else 0
    if last and not position or position >= len(marks):
        return ""
    return f"{number}({marks[position]})"


def _ends_in(last, marks):
    return bool(last) and symbols.number_levels(last)[-1] in marks
