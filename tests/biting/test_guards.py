"""Each guard still stands where the list says."""

from pathlib import Path

import pytest

from tests.biting.guards import GUARDS, find_guard
from tests.biting.plugin import ROOT, switched_off


@pytest.mark.parametrize("name", [guard.name for guard in GUARDS])
def test_a_guard_stands_where_it_can_be_switched_off(name):
    guard = find_guard(name)
    source = (ROOT / guard.path).read_text()
    without = switched_off(guard, source)
    assert without != source
    compile(without, guard.path, "exec")
    for part in guard.tests.split():
        if part.startswith("tests/"):
            assert Path(ROOT / part).exists(), part


def test_a_guard_that_is_written_otherwise_by_now_is_named():
    with pytest.raises(LookupError, match="four-eyes"):
        switched_off(find_guard("four-eyes"), "nothing of it")


def test_the_page_names_every_guard_and_the_test_that_noticed():
    page = (ROOT / "docs" / "guards.md").read_text()
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")][1:]
    assert [row[1].strip() for row in rows] == [guard.name for guard in GUARDS]
    assert f"**{len(GUARDS)} of {len(GUARDS)}**" in page
    for row in rows:
        path, _, test = row[4].strip().strip("`").partition("::")
        assert test.partition("[")[0] in (ROOT / "tests" / path).read_text(), row[1]
