"""A real browser for the journeys: which one is used, how it is started, and what is said when there is none."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from linkworks.config.environment import env, env_bool

HOW_TO_GET_ONE = (
    "No Chromium was found for the browser journeys: install one (apt-get install chromium, or "
    ".venv/bin/playwright install chromium), or set LINKWORKS_CHROMIUM to its program."
)
NAMES = ("chromium", "chromium-browser", "google-chrome")  # .ci/run looks for the same
# A browser that keeps to itself: nothing is fetched, updated or sent anywhere but to the site under test.
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def is_required() -> bool:
    """Whether having no browser is a failure instead of a reason to skip."""
    return env_bool("REQUIRE_BROWSER")


def program(playwrights_own: str = "") -> str | None:
    """The Chromium to use: the one asked for, the system's, or Playwright's own."""
    asked_for = env("LINKWORKS_CHROMIUM")
    if asked_for:
        return asked_for if is_program(asked_for) else None
    candidates = [*(shutil.which(name) for name in NAMES), playwrights_own]
    return next((each for each in candidates if each and is_program(each)), None)


def is_program(path: str) -> bool:
    return Path(path).is_file() and os.access(path, os.X_OK)


def start(playwright: Playwright) -> Browser | None:
    """A running browser, or nothing when there is none on this machine."""
    found = program(playwright.chromium.executable_path)
    return playwright.chromium.launch(executable_path=found, args=QUIET) if found else None
