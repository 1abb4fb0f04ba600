"""From a text in any of the six languages to the words that are indexed: pure functions.

Both databases hold exactly these words, so that both find the same. A word is folded (case,
accents, Arabic spellings, wide and joined letters); a run of Chinese is cut into pairs, as it
has no spaces. An Arabic word is held without its article.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

#: Letters that are not decomposed by Unicode, and what people type for them. In Arabic, spellings
#: of one letter: alef with hamza or madda, final yaa, taa marbuta, hamza on its seat, no tatweel.
SAME = str.maketrans(
    {
        **{"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"},
        **{"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ء": "", "ـ": ""},
    }
)
#: An Arabic article, alone or behind a short word that is written together with it.
ARTICLE = re.compile(r"(?:[وفبك]?ال|لل)(?=[\u0621-\u064a]{3})")
HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\u3041-\u30ff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "".join(char for char in map(chr, range(0x300, 0xFFFF)) if unicodedata.combining(char))
_RUN = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")
_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_ONLY = re.compile(rf"[{HAN}]+")
#: Longer words are cut, so that no database refuses one.
LONGEST = 40
#: Shorter words are only found as they stand, longer ones by their beginning, too.
SHORTEST_BEGINNING = 3
#: How many words of a search count.
MOST_TERMS = 12


class Word(NamedTuple):
    """One word of a text, as it is indexed, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """One word that is looked for: as it stands, or as the beginning of longer ones."""

    text: str
    beginning: bool

    def meets(self, word: str) -> bool:
        """Whether ``word``, as it is indexed, is one that is looked for."""
        return word.startswith(self.text) if self.beginning else word == self.text


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    hit: bool


def fold(text: str) -> str:
    """``text`` without what people spell in more than one way; folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    before = None
    while before != text:
        before = text
        text = unicodedata.normalize("NFKD", text).casefold().translate(SAME)
        kept = (_digit(char) for char in text if not unicodedata.combining(char))
        text = unicodedata.normalize("NFKC", "".join(kept))
    return text


def _digit(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char


def words_of(text: str) -> Iterator[Word]:
    """The words of ``text``, in order, with where each stands in it."""
    for run in _RUN.finditer(text):
        # Few words make up most of any text: they are cut and folded once.
        cut = _cut_before if len(run[0]) <= LONGEST else _cut
        for word, start, end in cut(run[0]):
            yield Word(word, run.start() + start, run.start() + end)


def _cut(run: str) -> tuple[Word, ...]:
    """The words of a run of letters, which begins at 0."""
    return tuple(_pairs(run, 0) if _HAN_ONLY.fullmatch(run) else _pieces(run))


_cut_before = lru_cache(maxsize=8192)(_cut)


def _pieces(run: str) -> Iterator[Word]:
    """The words of a run of letters: mostly one, more where Chinese and digits touch."""
    folded = fold(run)
    for piece in _PIECE.finditer(folded):
        start, end = piece.span() if len(folded) == len(run) else (0, len(run))
        if not _HAN_ONLY.fullmatch(piece[0]):
            yield Word(ARTICLE.sub("", piece[0], count=1)[:LONGEST], start, end)
        elif end - start == len(piece[0]):
            yield from _pairs(piece[0], start)
        else:
            yield from (Word(pair.text, start, end) for pair in _pairs(piece[0], start))


def _pairs(run: str, start: int) -> Iterator[Word]:
    """Every two neighbours of a run of Chinese, and its last character by itself."""
    for place in range(len(run)):
        pair = fold(run[place : place + 2])
        yield Word(pair, start + place, start + min(place + 2, len(run)))


def terms_of(text: str) -> list[Term]:
    """What is looked for when somebody types ``text``; all of it has to be found."""
    words = list(words_of(text))
    found: dict[str, Term] = {}
    for place, word in enumerate(words):
        # The last character of a run of Chinese is part of the pair before it.
        before = words[place - 1] if place else None
        han = bool(_HAN_ONLY.fullmatch(word.text))
        if han and len(word.text) == 1 and before and before.end == word.end:
            continue
        long = han or (len(word.text) >= SHORTEST_BEGINNING and not word.text.isdigit())
        found.setdefault(word.text, Term(word.text, long))
    return list(found.values())[:MOST_TERMS]


def marked(text: str, terms: Iterable[Term]) -> list[Piece]:
    """``text`` cut into what was looked for and what stands between."""
    terms, pieces, done = list(terms), [], 0
    for start, end in _joined(_places(text, terms)):
        if start > done:
            pieces.append(Piece(text[done:start], False))
        pieces.append(Piece(text[start:end], True))
        done = end
    return [*pieces, Piece(text[done:], False)] if done < len(text) else pieces


def _places(text, terms):
    for word in words_of(text):
        if any(term.meets(word.text) for term in terms):
            yield word.start, word.end


def _joined(places):
    """Places that overlap, such as two pairs of Chinese, as one."""
    open_start = open_end = None
    for start, end in places:
        if open_end is not None and start < open_end:
            open_end = max(open_end, end)
            continue
        if open_end is not None:
            yield open_start, open_end
        open_start, open_end = start, end
    if open_end is not None:
        yield open_start, open_end


def snippet(text: str, terms: Iterable[Term], *, around: int = 90) -> list[Piece]:
    """The part of ``text`` around the first hit, marked; empty when nothing in it was looked for.

    ``around`` is how many characters are shown before it; twice as many follow.
    """
    terms = list(terms)
    first = next(iter(_places(text, terms)), None)
    if first is None:
        return []
    start, end = max(0, first[0] - around), min(len(text), first[1] + 2 * around)
    start = text.rfind(" ", 0, start) + 1 if start and " " in text[:start] else start
    stop = text.find(" ", end)
    end = stop if 0 <= stop < end + around else end
    part = marked(" ".join(text[start:end].split()), terms)
    before = [Piece("… ", False)] if start else []
    return [*before, *part, *([Piece(" …", False)] if end < len(text) else [])]
