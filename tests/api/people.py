"""Clients that are signed in."""

from rest_framework.test import APIClient


def signed_in(person) -> APIClient:
    """A client with the session of that person."""
    client = APIClient()
    client.force_login(person)
    return client
