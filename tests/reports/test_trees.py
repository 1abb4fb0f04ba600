"""Bars with the themes that their provisions carry, and other questions of single pages."""

import datetime

import pytest

from tests.make import (
    make_assessment,
    make_body,
    make_commitment,
    make_designation,
    make_provision,
    make_theme,
    make_user,
)
from tracker.models import Body, Commitment, Theme
from tracker.reports.bars import bars_by
from tracker.reports.trees import bars_with_themes

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 1)


def test_a_provision_with_several_themes_is_counted_once(django_assert_num_queries):
    one, other = make_theme(), make_theme()
    twice, bare = make_provision(themes=[one, other]), make_provision()
    make_assessment(make_commitment(twice), result="not_implemented")
    make_commitment(twice)
    make_commitment(bare)
    counted = Commitment.objects.filter(provision__in=[twice, bare])
    counted = counted.for_counting(on=ON, viewer=make_user())
    with django_assert_num_queries(1):
        bars, carried = bars_with_themes(counted)
    assert carried == {(one.pk, twice.pk), (other.pk, twice.pk)}
    assert bars[twice.pk].as_dict["not_implemented"] == 1
    assert bars[twice.pk].not_assessed == 1
    assert bars == bars_by(counted, "provision")


def test_contact_points_are_counted_as_far_as_they_are_seen():
    network = make_body(kind="network")
    make_designation(network=network)
    make_designation(network=network, from_on=datetime.date(2030, 1, 1))
    make_designation(network=network, classification="restricted")
    networks = Body.objects.filter(pk=network.pk)

    def count(role):
        viewer = make_user(role)
        return networks.with_contact_points(on=ON, viewer=viewer).get().contact_point_count

    assert count("viewer") == 1
    assert count("reviewer") == 2


def test_themes_are_found_by_name_and_by_what_they_cover():
    named = make_theme(name="Quiddity of things")
    covering = make_theme(description="Covers quiddity too.")
    assert set(Theme.objects.search("quiddity")) == {named, covering}
