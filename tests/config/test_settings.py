"""Production refuses to start unsafe; development needs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
READ = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
SAFE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789-abcdefghij-ABCDEFGHIJ-klmnopqrst-KLMNOPQRST",
    "ALLOWED_HOSTS": "tracker.example.org",
}


def python(*arguments, **environment):
    """Run Python here with nothing in the environment but what is given."""
    # Empty rather than absent: a .env file of this checkout must not answer instead.
    unset = dict.fromkeys(("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"), "")
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "off",
            "REGISTER": "demonstration",
            **unset,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_with_a_secret_and_a_host_passes_the_deployment_checks():
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"DEBUG": "on"}, "Remove DEBUG from the environment."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or shorter than 50 characters."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or shorter than 50 characters."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty or contains “*”."),
        ({"ALLOWED_HOSTS": "a.example.org,*"}, "ALLOWED_HOSTS is empty or contains “*”."),
        ({"REGISTER": "nato"}, "REGISTER is “nato”; it may be demonstration or un."),
        ({"WEBHOOKS": "on", "SITE_ADDRESS": ""}, "WEBHOOKS is on and SITE_ADDRESS is missing"),
        ({"ENVIRONMENT": "test"}, "ENVIRONMENT is “test”; it may be development or production."),
    ],
)
def test_settings_refuse_and_name_the_variable(change, sentence):
    done = python("-c", READ, **{**SAFE, **change})
    assert done.returncode != 0
    assert sentence in done.stderr


def test_servers_take_production_unless_told_otherwise():
    done = python("-c", "import config.wsgi")
    assert "SECRET_KEY is missing" in done.stderr


@pytest.mark.parametrize("register", ["demonstration", "un"])
def test_the_register_picks_its_file(register):
    done = python("-c", READ, ENVIRONMENT="development", REGISTER=register)
    assert done.stdout.strip() == str(ROOT / "var" / f"{register}.sqlite3"), done.stderr


def test_a_database_url_goes_before_the_file_of_the_register():
    url = "postgres://somebody@db.example.org/elsewhere"
    done = python("-c", READ, ENVIRONMENT="development", DATABASE_URL=url)
    assert done.stdout.strip() == "elsewhere", done.stderr


@pytest.mark.django_db
def test_pages_send_a_strict_content_security_policy(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_passwords_have_at_least_twelve_characters():
    lengths = [v.get("OPTIONS", {}).get("min_length") for v in settings.AUTH_PASSWORD_VALIDATORS]
    assert 12 in lengths


def test_webhooks_are_off_until_they_are_switched_on():
    read = "from django.conf import settings as s; print(s.WEBHOOKS, s.WEBHOOK_PORTS)"
    assert python("-c", read, **SAFE).stdout == "False [443]\n"
    on = {"WEBHOOKS": "on", "SITE_ADDRESS": "https://tracker.example.org"}
    assert python("-c", read, **SAFE, **on).stdout == "True [443]\n"
