"""From a pasted list of symbols or codes to keys: what is understood is kept, the rest is named."""

import re
from dataclasses import dataclass, field

from tracker.filters.finders import Finder

#: "S/RES/2322 (2016) OP 13 (e)" has five words.
WORDS = 5
#: How much is read at once, in characters and in records.
LONGEST, MOST = 20_000, 500


@dataclass
class Pasted:
    """The keys that were understood, each once and in order, and what was not, with its line."""

    keys: list[str] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """What was not understood, to be mended and pasted again."""
        return "\n".join(text for _line, text in self.wrong)


def read_pasted(text: str, finder: Finder) -> Pasted:
    """Read what stands on lines, or between commas, semicolons, tabs or spaces.

    What is no key with its neighbours is tried in runs of words, the longest first.
    """
    pieces = [
        (number, piece.split())
        for number, line in enumerate(text.splitlines(), 1)
        for piece in re.split(r"[,;\t]", line)
        if piece.strip()
    ]
    known = finder.guess({run for _number, words in pieces for run in _runs(words)})
    found = Pasted()
    for number, words in pieces:
        _take(found, number, words, known)
    found.keys = list(dict.fromkeys(found.keys))
    return found


def _runs(words):
    """Everything that the words may mean: all of them, or some that follow each other."""
    yield " ".join(words)
    for start in range(len(words)):
        for length in range(1, WORDS + 1):
            yield " ".join(words[start : start + length])


def _take(found, number, words, known):
    whole = known.get(" ".join(words))
    if whole:
        found.keys.append(whole)
        return
    lost: list[str] = []
    while words:
        length = _longest(words, known)
        if length:
            found.keys.append(known[" ".join(words[:length])])
            _lose(found, number, lost)
        else:
            lost.append(words[0])
        words = words[length or 1 :]
    _lose(found, number, lost)


def _longest(words, known) -> int:
    """How many of the first words are a key; none where a bracket still belongs to them."""
    for length in range(min(WORDS, len(words)), 0, -1):
        whole = not words[length:] or not words[length].startswith("(")
        if whole and " ".join(words[:length]) in known:
            return length
    return 0


def _lose(found, number, lost):
    if lost:
        found.wrong.append((number, " ".join(lost)))
        lost.clear()
