"""How the tests are shared out among the processes of one run: file by file, with what takes longest first.

Tests that share something slow to make (a site with a browser, a town of people) stay together, so that it is made once.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

FIRST = ("tests/journeys/", "tests/walls/", "tests/core/test_killed_worker.py")


class LongestFirst(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        together = next((each for each in FIRST if nodeid.startswith(each)), None)
        return together or super()._split_scope(nodeid)


def longest_first(item: pytest.Item) -> int:
    return next((place for place, each in enumerate(FIRST) if item.nodeid.startswith(each)), len(FIRST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=longest_first)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongestFirst:
    config.option.loadscopereorder = False  # which would begin with the files that have most tests, not the longest
    return LongestFirst(config, log)
