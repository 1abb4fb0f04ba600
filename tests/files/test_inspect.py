"""Hostile files: none is taken. Benign ones: all are."""

import contextlib
import hashlib
import io
import tracemalloc

import pytest

from tests.files.corpus import BENIGN, HOSTILE, pdf
from tracker.files import MEDIA_TYPES, NotTaken, inspect_file
from tracker.files.names import LONGEST, clean_name

LARGEST = 20 * 1024 * 1024


def look(name, content, largest=LARGEST):
    return inspect_file(io.BytesIO(content), name, largest=largest)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_not_taken_and_is_told_in_a_sentence(case):
    with pytest.raises(NotTaken) as refused:
        look(*HOSTILE[case])
    assert str(refused.value).endswith((".", "it.")) and len(str(refused.value)) > 20


@pytest.mark.parametrize("name", BENIGN)
def test_a_benign_file_is_taken_for_what_it_is(name):
    content = BENIGN[name]
    found = look(name, content)
    assert found.name == name
    assert found.size == len(content)
    assert found.checksum == hashlib.sha256(content).hexdigest()
    extension = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert found.media_type == MEDIA_TYPES[extension]


def test_the_corpus_is_large_and_covers_every_kind():
    assert len(HOSTILE) > 80
    assert {name.rpartition(".")[2].lower() for name in BENIGN} >= set(MEDIA_TYPES)


def test_what_is_too_large_is_told_with_its_size_and_the_most():
    with pytest.raises(NotTaken, match=r"2\.0 MB; at most 1\.0 MB"):
        look("large.pdf", pdf(b"x" * 2 * 1024**2), largest=1024**2)


def test_memory_stays_small_whatever_is_sent():
    """The largest file that is taken, and the bombs: some hundred kilobytes at a time."""
    sent = [("large.txt", b"word " * 4 * 1024**2), HOSTILE["many times its size"]]
    for name, content in [*sent, HOSTILE["10 GB declared"], HOSTILE["too many parts"]]:
        stream = io.BytesIO(content)
        tracemalloc.start()
        with contextlib.suppress(NotTaken):
            inspect_file(stream, name, largest=LARGEST)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 4 * 1024**2, (name, peak)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Act   on\u00a0assistance.PDF ", "Act on assistance.PDF"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("x" * 300 + ".docx", "x" * (LONGEST - 5) + ".docx"),
        ("می‌خواهم.txt", "می‌خواهم.txt"),
    ],
)
def test_a_name_is_put_in_order_for_display(typed, shown):
    assert clean_name(typed)[0] == shown


def test_the_stream_is_left_at_its_start():
    stream = io.BytesIO(pdf())
    stream.seek(7)
    inspect_file(stream, "a.pdf", largest=LARGEST)
    assert stream.tell() == 0
