"""The site, the browser and the people of the journeys.

All of it lives as long as this package's tests: afterwards no event loop of the browser's is left in the way of Django.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import browser as browsers

from .site import Site, running
from .somebody import DESKTOP, Somebody


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="package")
def has_browser() -> None:
    """Without a browser there is no journey: a plain line says how to get one."""
    with sync_playwright() as playwright:
        found = browsers.program(playwright.chromium.executable_path)
    if not found:
        (pytest.fail if browsers.is_required() else pytest.skip)(browsers.HOW_TO_GET_ONE)


@pytest.fixture(scope="package")
def site(
    has_browser: None,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    with django_db_blocker.unblock(), running(tmp_path_factory.mktemp("site")) as site:  # type: ignore[attr-defined]
        yield site


@pytest.fixture(scope="package")
def browser(site: Site) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browsers.start(playwright)
        assert browser
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def looked_at() -> set[tuple[object, ...]]:
    """What was looked at closely already: the same page, seen by the same person in the same kind of window."""
    return set()


@pytest.fixture
def somebody(browser: Browser, site: Site, looked_at: set[tuple[object, ...]]) -> Iterator[Callable[..., Somebody]]:
    """Open a browser window for somebody; all are closed after the journey."""
    windows: list[Somebody] = []

    def open_window(
        name: str = "Somebody", *, width: int = DESKTOP, javascript: bool = True, also_at: tuple[int, ...] = ()
    ) -> Somebody:
        windows.append(Somebody(browser, site, name, width, javascript, also_at, looked_at=looked_at))
        return windows[-1]

    yield open_window
    for window in windows:
        window.leave()
