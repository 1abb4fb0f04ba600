"""Unique words, each with those who may read it: whatever else is sent holds none of them."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.rights.people import Actor

WORD = re.compile(rb"zq\d{5}qz")


@dataclass
class Canaries:
    """Every word that was put into a row: what it stands in, and who may read it."""

    words: dict[bytes, tuple[str, Callable[[Actor], bool]]] = field(default_factory=dict)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(10_001))

    def word(self, where: str, may_read: Callable[[Actor], bool]) -> str:
        """A new word for a field; ``where`` names the field when the word is found elsewhere."""
        word = f"zq{next(self.numbers)}qz"
        self.words[word.encode()] = (where, may_read)
        return word

    def found(self, sent: bytes) -> set[bytes]:
        """The words that stand in ``sent``."""
        return set(WORD.findall(sent)) & set(self.words)

    def foreign(self, sent: bytes, actor: Actor) -> set[str]:
        """The fields whose word stands in ``sent`` although ``actor`` may not read it."""
        return {self.words[word][0] for word in self.found(sent) if not self.words[word][1](actor)}

    def readable(self, actor: Actor) -> set[bytes]:
        """The words that ``actor`` may read."""
        return {word for word, (_where, may_read) in self.words.items() if may_read(actor)}
