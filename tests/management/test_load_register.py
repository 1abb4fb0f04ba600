"""What the command says, and what it refuses."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tracker.models import Change

pytestmark = pytest.mark.django_db


def said(*args, **options):
    out = StringIO()
    call_command("load_register", *args, stdout=out, **options)
    return out.getvalue()


def test_a_second_load_says_that_there_is_nothing_to_do():
    last = Change.objects.latest("sequence")
    assert "Nothing to do" in said("--register", "demonstration").splitlines()[-1]
    assert Change.objects.latest("sequence") == last


def test_a_register_that_is_there_is_left_alone(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert "nothing to do" in said("--register", "demonstration", "--if-empty")


def test_it_says_one_line_for_each_part():
    lines = said("--register", "demonstration").splitlines()
    assert lines[0].split()[:3] == ["regions", "0", "new"]
    assert any(line.startswith("demonstration records") for line in lines)


def test_real_and_fictional_states_never_meet():
    with pytest.raises(CommandError, match="holds the register “demonstration”"):
        said("--register", "un")
    make.make_body(code="TST")
    with pytest.raises(CommandError, match="holds the register “un”"):
        said("--register", "demonstration")
