"""``check_rollups`` finds what is kept wrongly, says where, and mends it."""

import pytest
from django.core.management import CommandError, call_command

from tests import make
from tracker.actions import dated
from tracker.actions.known import fill_gaps
from tracker.models import Commitment, DatedTally, Known

pytestmark = pytest.mark.django_db


def test_a_register_that_is_kept_right_has_nothing_to_mend(capsys):
    call_command("check_rollups")
    assert f"{Commitment.objects.count()} commitments checked, 0 differ." in capsys.readouterr().out


def test_what_is_wrong_is_named_and_mended(capsys):
    commitment = make.make_assessment(result="fully_implemented").commitment
    Known.objects.filter(commitment=commitment).update(result="not_implemented")
    with pytest.raises(CommandError, match=commitment.body.code):
        call_command("check_rollups")
    call_command("check_rollups", rebuild=True)
    assert "1 differs." in capsys.readouterr().out
    call_command("check_rollups")


def test_commitments_from_before_are_worked_out_after_a_migration():
    commitment = make.make_assessment().commitment
    Known.objects.filter(commitment=commitment).delete()
    fill_gaps(sender=None)
    assert set(Known.objects.filter(commitment=commitment).values_list("result", flat=True)) == {
        "not_assessed",
        "partially_implemented",
    }


def test_a_dated_tally_that_is_wrong_is_found_and_mended():
    make.make_assessment()
    DatedTally.objects.order_by("pk").filter(not_assessed__gt=0)[:1].get().delete()
    with pytest.raises(CommandError, match="tallies differ"):
        call_command("check_rollups")
    call_command("check_rollups", rebuild=True)
    call_command("check_rollups")


def test_dated_tallies_from_before_are_worked_out_after_a_migration():
    make.make_assessment()
    DatedTally.objects.all().delete()
    fill_gaps(sender=None)
    assert dated.kept()
    assert dated.kept() == dated.recount()
