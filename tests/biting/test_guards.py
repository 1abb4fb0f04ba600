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
