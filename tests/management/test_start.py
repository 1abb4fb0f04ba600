"""What the commands behind ``make run`` say."""

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tracker.models import User


@pytest.mark.django_db
def test_the_password_is_shown_once():
    first, second = StringIO(), StringIO()
    call_command("first_account", stdout=first)
    call_command("first_account", stdout=second)
    password = first.getvalue().split("Password:")[1].split()[0]
    assert User.objects.get(username="admin").check_password(password)
    assert password not in second.getvalue()
    assert "manage.py changepassword admin" in second.getvalue()


def test_a_taken_port_is_refused_before_anything_is_written():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be used.*make run PORT="):
            call_command("start", port=port)


def test_production_is_not_served_this_way(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="in production use a WSGI server"):
        call_command("start")
