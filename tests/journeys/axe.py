"""Accessibility rules, asked of the page as it stands in the browser."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.database import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@cache
def source() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA here, one line each. The script goes in past the page's own policy, which refuses it."""
    page.evaluate(source())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [f"{rule['id']}: {rule['help']} {where}" for rule in found if (where := places(rule))]


def places(rule: dict[str, Any]) -> list[str]:
    return [node["html"][:200] for node in rule["nodes"] if not is_known(rule["id"], node["html"])]


def is_known(rule: str, html: str) -> bool:
    """NHS.UK's own radios say aria-expanded when they reveal a question; that is theirs to change."""
    return rule == "aria-allowed-attr" and "nhsuk-radios__input" in html and "aria-expanded" in html
