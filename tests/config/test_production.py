"""What production promises browsers, and what it does not promise for names that are not its own."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.exceptions import DisallowedHost
from django.test import Client

from linkworks.config.deploy_check import MADE_UP
from linkworks.config.log import OneLine

REPOSITORY = Path(__file__).parents[2]
ASK = (
    "import json; from linkworks.config import settings as s;"
    "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith(('SECURE_', 'SESSION_COOKIE', 'CSRF_'))"
    " and not callable(getattr(s, n))} | {'demo': 'linkworks.demo' in s.INSTALLED_APPS, 'debug': s.DEBUG,"
    " 'insecure': s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, 'caches': s.CACHES['default']['BACKEND'],"
    " 'carriers': [s.EMAIL_URL, s.NOTIFY_KEY]}))"
)


def production(**more: str) -> dict[str, Any]:
    """The settings as a production process reads them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LINKWORKS")}
    environment |= MADE_UP | {"LINKWORKS_SECRET_KEY": "k" * 64} | more
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, cwd=REPOSITORY, env=environment
    )
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@pytest.fixture(scope="module")
def by_default() -> dict[str, Any]:
    return production()


def test_this_name_is_https_only_for_a_year(by_default: dict[str, Any]) -> None:
    assert by_default["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert by_default["SECURE_SSL_REDIRECT"]


def test_names_below_it_are_left_alone_unless_asked_for(by_default: dict[str, Any]) -> None:
    """A council's other sites may be under the same name, and not all of them have https."""
    assert not by_default["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not by_default["SECURE_HSTS_PRELOAD"]


@pytest.mark.parametrize(("mode", "leave"), [("production", True), ("demo", False)])
def test_messages_leave_production_and_never_the_demo(mode: str, leave: bool) -> None:
    carriers = {"LINKWORKS_EMAIL_URL": "smtp://mail.example.org", "LINKWORKS_NOTIFY_KEY": "key"}
    assert production(LINKWORKS_MODE=mode, **carriers)["carriers"] == (
        list(carriers.values()) if leave else [None, None]
    )


def test_both_can_be_asked_for() -> None:
    asked = production(LINKWORKS_HSTS_SUBDOMAINS="1", LINKWORKS_HSTS_PRELOAD="yes")
    assert asked["SECURE_HSTS_INCLUDE_SUBDOMAINS"] and asked["SECURE_HSTS_PRELOAD"]


def test_cookies_are_sent_over_https_to_this_name_only(by_default: dict[str, Any]) -> None:
    assert by_default["SESSION_COOKIE_SECURE"] and by_default["CSRF_COOKIE_SECURE"]
    assert by_default["SESSION_COOKIE_HTTPONLY"]
    assert by_default["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert by_default["CSRF_TRUSTED_ORIGINS"] == [MADE_UP["LINKWORKS_BASE_URL"]]


def test_the_demonstration_is_not_there(by_default: dict[str, Any]) -> None:
    assert by_default["demo"] is by_default["debug"] is by_default["insecure"] is False


def test_all_processes_count_wrong_tries_together(by_default: dict[str, Any]) -> None:
    assert by_default["caches"].endswith("DatabaseCache")


def test_a_development_site_asks_for_no_https() -> None:
    assert configured.SECURE_HSTS_SECONDS == 0
    assert not configured.SECURE_SSL_REDIRECT


@pytest.mark.parametrize("host", ["evil.example", "linkworks.example.org.evil.example", "10.0.0.1", "a b", ""])
@pytest.mark.django_db
def test_a_strange_host_name_is_refused_in_one_line(host: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="django.security.DisallowedHost"):
        response = Client(raise_request_exception=False).get("/find", HTTP_HOST=host, SERVER_NAME="evil.example")

    assert response.status_code == 400
    assert b"Traceback" not in response.content
    lines = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert lines and all(record.exc_info is None and "\n" not in record.getMessage() for record in lines)


def test_the_line_says_what_was_asked_for_and_loses_only_the_traceback() -> None:
    try:
        raise DisallowedHost("Invalid HTTP_HOST header: 'evil.example'.")
    except DisallowedHost:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "Invalid HTTP_HOST header: 'evil.example'.", (), sys.exc_info()
        )
    assert OneLine().filter(record)
    formatted = logging.Formatter("%(levelname)s %(message)s").format(record)
    assert formatted == "ERROR Invalid HTTP_HOST header: 'evil.example'."


@pytest.mark.django_db
def test_nothing_is_fetched_from_anybody_else(client: Client) -> None:
    page = client.get("/accounts/sign-in")
    policy = page["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert "unsafe" not in policy
    assert {name for name, hosts in rules.items() if "http" in hosts} == {"font-src"}, "named, never fetched"
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert not re.search(rb'(?:src|href|action)="(?:https?:)?//', page.content.split(b"<footer")[0])


def test_our_style_sheet_uses_no_font_that_would_be_fetched() -> None:
    """A visit to a page about somebody's needs is nobody else's business."""
    style = (REPOSITORY / "linkworks/ui/static/ui/linkworks.css").read_text()
    assert "html { font-family: arial" in style
    assert "Frutiger" not in style and "@font-face" not in style
    assert not re.search(r"url\([^)]*//", style)
