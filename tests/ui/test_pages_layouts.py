"""Whole pages: titles, the header, messages, forms, lists, paper, and pages for residents."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from linkworks.ui import fields, paging
from tests.ui.pages import Shown, sent, show

STAFF = {
    "navigation": [
        {"label": "Today", "href": "/today", "current": True, "count": 6},
        {"label": "Caseload", "href": "/cases", "count": 0},
    ],
    "account": {
        "name": "Amina Yusuf",
        "organisation": "Peckham Wellbeing",
        "switch_href": "/switch",
        "sign_out_href": "/out",
    },
}


class Name(fields.Form):
    name = fields.CharField(label="What is their name?", missing="Enter their name")


def page(parent: str, body: str = "", *, request: HttpRequest | None = None, **context: Any) -> Shown:
    source = '{% extends "ui/' + parent + '.jinja" %}{% set page_title = "Who is it?" %}' + body
    return show(source, request, **context)


def title(shown: Shown) -> str:
    return shown.html.split("<title>")[1].split("</title>")[0]


def test_the_header_shows_who_acts_for_whom_and_where_they_are() -> None:
    shown = page("layout", **STAFF)
    assert "Amina Yusuf" in shown.text
    assert "Peckham Wellbeing : act for another organisation" in shown.text
    assert shown.one("a", **{"aria-current": "page"})["href"] == "/today"
    assert "6 waiting" in shown.text
    assert "0 waiting" not in shown.text
    assert shown.one("form", action="/out")["method"] == "post"


def test_a_page_for_nobody_signed_in_has_no_menu() -> None:
    shown = page("layout")
    assert not shown.all("nav")
    assert title(shown) == "Who is it? – Linkworks"


def test_the_skip_link_leads_to_the_content_and_scripts_come_from_files() -> None:
    shown = page("layout")
    assert shown.hrefs[0] == "#maincontent"
    assert shown.one("main")["id"] == "maincontent"
    assert all(script["src"].startswith("/static/ui/") for script in shown.all("script"))  # type: ignore[union-attr]


def test_the_demonstration_says_so_on_every_kind_of_page() -> None:
    for parent in ("layout", "public_layout", "print_page"):
        assert "made up" in page(parent, demo=True).text
        assert "made up" not in page(parent).text


def test_messages_are_banners_green_for_what_worked() -> None:
    messages = [SimpleNamespace(message="Sent.", level_tag="success"), SimpleNamespace(message="<b>", level_tag="info")]
    shown = page("layout", messages=messages)
    assert "Success Sent. Important" in shown.text
    assert "<b>" not in shown.html
    assert len(set(shown.ids)) == len(shown.ids)


def test_a_form_page_has_its_token_and_one_button() -> None:
    shown = page("form_page", form=Name(), form_token="abc", back="/back")
    assert shown.one("input", name="form_token")["value"] == "abc"
    assert len(shown.all("button", type="submit")) == 1
    assert "Continue" in shown.text
    assert "/back" in shown.hrefs
    assert title(shown) == "Who is it? – Linkworks"


def test_a_form_with_a_mistake_says_so_in_the_title_and_on_top() -> None:
    shown = page("form_page", form=Name(sent(name="")))
    assert title(shown).startswith("Error: ")
    assert shown.text.index("There is a problem") < shown.text.index("What is their name?")
    assert "#id_name" in shown.hrefs


def test_one_question_is_its_pages_heading() -> None:
    shown = page("form_page", "{% set question_as_heading = true %}", form=Name(), step_now=2, step_total=6)
    assert len(shown.all("h1")) == 1
    assert "Question 2 of 6 What is their name?" in shown.text


def test_a_confirm_page_acts_only_by_post() -> None:
    shown = page("confirm_page", "{% set danger = true %}", form_token="abc", cancel="/no")
    assert shown.one("form")["method"] == "post"
    assert "nhsuk-button--warning" in shown.html
    assert "/no" in shown.hrefs


def listed(query: dict[str, str], rows: Any, **context: Any) -> Shown:
    body = (
        '{% set search_label = "Search" %}{% set empty_text = "Nobody is waiting." %}'
        '{% set primary_action = {"text": "Add", "href": "/add"} %}'
        "{% block items %}ROWS {{ page.items | length }}{% endblock %}"
    )
    return page("list_page", body, page=paging.paginate(sent(**query), rows), search=query.get("q", ""), **context)


def test_a_list_shows_its_rows_its_next_thing_to_do_and_its_other_pages() -> None:
    shown = listed({"page": "2"}, range(60))
    assert "ROWS 25" in shown.text
    assert "Showing 26 to 50 of 60" in shown.text
    assert "/add" in shown.hrefs
    assert "?page=3" in shown.hrefs


def test_an_empty_list_says_why_and_a_search_with_no_result_offers_a_way_out() -> None:
    assert "Nobody is waiting." in listed({}, []).text
    shown = listed({"q": "<Zed>"}, [])
    assert "Nothing was found for “<Zed>”" in shown.text
    assert "<Zed>" not in shown.html
    assert "?" in shown.hrefs


def test_clearing_a_search_keeps_the_view_one_was_in() -> None:
    for rows in ([], range(40)):
        assert "?view=posted" in listed({"q": "Jean", "view": "posted", "page": "2"}, rows).hrefs


def test_a_detail_page_uses_a_side_column_only_when_there_is_something_in_it() -> None:
    body = "{% block main_column %}MAIN{% endblock %}"
    assert "one-third" not in page("detail_page", body).html
    beside = page("detail_page", body + "{% block side_column %}SIDE{% endblock %}")
    assert "nhsuk-grid-column-one-third" in beside.html
    assert beside.text.count("MAIN") == 1


def test_a_residents_page_has_no_staff_menu_a_quiet_title_and_help_at_hand() -> None:
    shown = page(
        "public_layout", "{% set neutral_title = 'Local support' %}", navigation=STAFF["navigation"], exit_button=True
    )
    assert title(shown) == "Local support"
    assert "Today" not in shown.text
    assert "Exit this page" in shown.text
    assert "#help-now" in shown.hrefs
    assert "help-now" in shown.ids


def test_every_page_kind_can_be_a_residents_page() -> None:
    shown = page("form_page", form=Name(), layout="ui/public_layout.jinja", **STAFF)
    assert "Caseload" not in shown.text
    assert "Enter" not in title(shown)


@pytest.mark.parametrize(("query", "large"), [("", False), ("?size=large", True), ("?size=huge", False)])
def test_paper_comes_ordinary_or_large(query: str, large: bool) -> None:
    shown = page("print_page", "{% block sheet %}PLAN{% endblock %}", request=RequestFactory().get("/plan" + query))
    assert ("app-print--large" in str(shown.one("html")["class"])) is large
    assert ("Ordinary print" in shown.text) is large
    assert "PLAN" in shown.text


def test_a_done_page_gives_the_reference_and_what_happens_next() -> None:
    shown = page("done_page", "{% block what_next %}We will call.{% endblock %}", panel_text="Your reference is LW-1")
    assert "Who is it? Your reference is LW-1 We will call." in shown.text
