"""One commitment, and a browser for each person who works on it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.make import make_body, make_commitment, make_provision, make_resolution, make_user
from tracker.models import Body, Commitment, User


@dataclass
class Desk:
    """The commitment of XWK, and who works on it."""

    commitment: Commitment
    body: Body
    people: dict[str, User]

    def browser(self, name: str) -> Client:
        """A browser in which that person is signed in."""
        client = Client()
        client.force_login(self.people[name])
        return client

    @property
    def address(self) -> str:
        """The page of the commitment."""
        return f"/commitments/{self.commitment.public_key}/"


@pytest.fixture
def desk(db):
    """A commitment nobody has reported on, with a person for each role."""
    body, other = make_body("XWK"), make_body("XWO")
    provision = make_provision(make_resolution(9400, 2016), "1", summary="Cooperate.")
    people = {
        role: make_user(role)
        for role in ("viewer", "assessor", "reviewer", "administrator", "auditor")
    }
    people["focal"] = make_user("focal_point", [body])
    people["stranger"] = make_user("focal_point", [other])
    return Desk(make_commitment(provision, body), body, people)
