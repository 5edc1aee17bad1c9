"""Somebody at a browser. Whatever page they come to is looked at: accessible, quiet in the console, fitting the screen."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as NotYet

from linkworks.config.environment import env_bool
from tests.database import ROOT

from . import axe
from .site import Site

DESKTOP, PHONE = 1280, 390
HEIGHTS = {DESKTOP: 900, PHONE: 844}
SCREENSHOTS = ROOT / "var" / "screenshots"
IDENTIFIER = re.compile(r"(?<=/)[\w.:-]{30,}|(?<=^/places/)[\w-]+|(?<=^/organisations/schemes/)[\w-]+")
CHOICES = "input[type=radio], input[type=checkbox]"
BOXES = "input:not([type=radio]):not([type=checkbox]), textarea"
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
expect.set_options(timeout=10_000)


@dataclass
class Somebody:
    """A browser window of one person, and what went wrong in it so far."""

    browser: Browser
    site: Site
    name: str = "Somebody"
    width: int = DESKTOP
    javascript: bool = True
    also_at: tuple[int, ...] = ()
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    troubles: list[str] = field(default_factory=list)
    looked_at: set[tuple[object, ...]] = field(default_factory=set)
    _beside: Page | None = None

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            base_url=self.site.address,
            viewport={"width": self.width, "height": HEIGHTS[self.width]},
            java_script_enabled=self.javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.page.on("response", self._answered)

    def _note(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text or (kind == "error" and "Failed to load resource" not in text):
            self.troubles.append(f"console: {text}")

    def _answered(self, response: Response) -> None:
        bad = response.status >= 500 or (response.status == 404 and "/static/" in response.url)
        if bad:
            self.troubles.append(f"{response.status} {response.request.method} {response.url}")

    # What they do

    def open(self, address: str) -> "Somebody":
        answer = self.page.goto(address)
        assert answer is None or answer.ok, f"{address} answered {answer.status}"
        return self.look()

    def open_refused(self, address: str, status: int) -> "Somebody":
        """Open a page that has to say no, in a page of ours."""
        answer = self.page.goto(address)
        assert answer and answer.status == status, f"{address} answered {answer and answer.status}"
        return self.look()

    def press(self, words: str, *, exact: bool = True, within: Locator | None = None) -> "Somebody":
        """Press a button or follow a link: some links look like buttons."""
        place = within or self.page
        link, button = (place.get_by_role(role, name=words, exact=exact) for role in ("link", "button"))
        link.or_(button).first.click()
        return self.look()

    follow = press

    def type(self, label: str, words: str) -> "Somebody":
        """Fill in the box whose label begins with these words ("(optional)" may follow)."""
        label_of_it = re.compile(rf"^\s*{re.escape(label)}", re.IGNORECASE)
        self.page.get_by_label(label_of_it).and_(self.page.locator(BOXES)).first.fill(words)
        return self

    def type_date(self, legend: str, day: int, month: int, year: int) -> "Somebody":
        group = self.group(legend)
        for label, value in {"Day": day, "Month": month, "Year": year}.items():
            group.get_by_label(label).fill(str(value))
        return self

    def type_day(self, legend: str, day: date) -> "Somebody":
        return self.type_date(legend, day.day, day.month, day.year)

    def choose(self, *words: str, of: str = "", exact: bool = False) -> "Somebody":
        """Tick boxes or choose answers by their labels, in the question `of` when several share words."""
        place = self.group(of) if of else self.page
        for each in words:
            place.get_by_label(each, exact=exact).and_(self.page.locator(CHOICES)).first.check()
        return self

    def pick(self, label: str, option: str) -> "Somebody":
        self.page.get_by_label(label).first.select_option(label=option)
        return self

    def unfold(self, summary: str) -> "Somebody":
        self.page.locator("details:not([open]) > summary", has_text=summary).first.click()
        return self

    def group(self, legend: str) -> Locator:
        return self.page.get_by_role("group", name=legend).first

    # What they see

    def sees(self, *words: str) -> "Somebody":
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each, use_inner_text=True)
        return self

    def does_not_see(self, *words: str) -> "Somebody":
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)
        return self

    def sees_heading(self, words: str) -> "Somebody":
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)
        return self

    def has_focus(self, where: Locator) -> "Somebody":
        expect(where).to_be_focused()
        return self

    def waits_to_see(self, words: str, turns: int = 20) -> "Somebody":
        """Look again until what a worker does in the background has happened."""
        for _ in range(turns):
            found = self.page.get_by_text(words).first
            try:
                found.wait_for(timeout=750)
                return self.look()
            except NotYet:
                self.page.reload()
        return self.sees(words)

    # What we look at on each page they come to

    def look(self) -> "Somebody":
        self.page.wait_for_load_state()
        where = self.where
        sight = (where, self.name, self.width, self.javascript)
        if sight not in self.looked_at:
            self.looked_at.add(sight)
            self._look_closely(where)
        assert not self.troubles, f"{self.name} at {where}: {self.troubles}"
        return self

    @property
    def where(self) -> str:
        """This page's address without what differs from person to person, and whether something is wrong on it."""
        wrong = "!" if self.page.title().startswith("Error") else ""
        return f"{self.kind_of(self.page.url)}{wrong}"

    def kind_of(self, address: str) -> str:
        return IDENTIFIER.sub("…", urlsplit(address).path)

    def _look_closely(self, where: str) -> None:
        page = self.page if self.javascript else self._same_page_for_looking()
        for width in dict.fromkeys((self.width, *self.also_at)):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self.troubles += [f"axe at {width}: {each}" for each in axe.violations(page)]
            too_wide = page.evaluate(WIDER_THAN_THE_SCREEN)
            if too_wide > 0:
                self.troubles.append(f"{too_wide} pixels wider than a screen of {width}")
            if env_bool("LINKWORKS_SCREENSHOTS"):
                self._take_picture(page, where, width)
        if self.also_at:
            page.set_viewport_size({"width": self.width, "height": HEIGHTS[self.width]})

    def _same_page_for_looking(self) -> Page:
        """Rules are asked by a script. Where the browser runs none, they are asked of the same page in a window beside it."""
        url, html = self.page.url, self.page.content()
        beside = (
            self._beside
            or self.browser.new_context(viewport=self.page.viewport_size, reduced_motion="reduce").new_page()
        )
        self._beside = beside
        beside.unroute_all()
        beside.route("**/*.js", lambda route: route.abort())
        beside.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        beside.goto(url)
        return beside

    def _take_picture(self, page: Page, where: str, width: int) -> None:
        folder = SCREENSHOTS / str(width)
        folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w!]+", "-", where.replace("…", "x")).strip("-") or "home"
        page.screenshot(path=picture(folder, name, self.name), full_page=True)

    def leave(self) -> None:
        self.context.close()
        if self._beside:
            self._beside.context.close()


def picture(folder: Path, name: str, whose: str) -> Path:
    who = re.sub(r"\W+", "-", whose).strip("-").lower()
    return folder / f"{name[:90]}--{who}.png"
