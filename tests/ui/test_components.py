"""The pieces pages are made of: what each shows, escaped, with a sensible answer when something is missing."""

import pytest
from markupsafe import Markup

from tests.ui.pages import show

NASTY = '"><script>alert(1)</script>'


def test_a_tag_has_its_colour() -> None:
    assert show("{{ ui.tag('Active', 'green') }}").one("strong")["class"] == "nhsuk-tag nhsuk-tag--green"


def test_a_summary_list_says_what_is_not_given_and_names_what_a_link_changes() -> None:
    shown = show("{{ ui.summary_list(rows) }}", rows=[("Name", "Ada", "/change"), ("Email", ""), ("Children", 0)])
    assert "Email Not given" in shown.text
    assert "Children 0" in shown.text
    assert "Change name" in shown.text
    assert shown.hrefs == ["/change"]


def test_a_table_repeats_its_headings_for_phones_and_marks_numbers() -> None:
    rows = [[{"text": "Ada", "href": "/1", "note": "LW-1"}, {"tag": {"text": "New", "colour": "blue"}}, 3]]
    shown = show(
        "{{ ui.table(['Person', 'State', {'text': 'Visits', 'numeric': true}], rows, caption='Caseload') }}", rows=rows
    )
    assert shown.text.startswith("Caseload Person State Visits")
    assert "nhsuk-table__cell--numeric" in shown.html
    assert shown.hrefs == ["/1"]
    assert "LW-1" in shown.text


def test_a_table_escapes_text_and_keeps_markup() -> None:
    shown = show("{{ ui.table(['A', 'B'], rows, caption='C') }}", rows=[[NASTY, {"html": Markup("<em>kept</em>")}]])
    assert "<script" not in shown.html
    assert "<em>kept</em>" in shown.html


def test_a_timeline_is_an_ordered_list() -> None:
    items = [{"title": "Referred", "when": "Monday", "by": "Dr Okafor", "text": "One\n\nTwo", "href": "/r"}]
    shown = show("{{ ui.timeline(items) }}", items=items)
    assert shown.text == "Referred Monday, Dr Okafor One Two"
    assert shown.one("ol")


def test_help_now_gives_the_numbers_to_ring_and_to_text() -> None:
    shown = show("{{ ui.help_now() }}")
    assert shown.hrefs == ["tel:999", "tel:111", "tel:116123", "sms:85258"]
    assert "option 2" in shown.text
    assert "SHOUT" in shown.text
    assert "116 123" in show("{{ ui.help_now(compact=true) }}").text


def test_a_post_button_carries_its_fields_and_token_and_cannot_be_pressed_twice() -> None:
    shown = show(
        "{{ ui.post_button('Accept', '/accept', csrf, fields={'id': '7'}, token='abc', hidden_text='Ada’s referral') }}",
        csrf=Markup('<input type="hidden" name="csrf">'),
    )
    assert shown.one("form", action="/accept")["method"] == "post"
    assert shown.one("input", name="id")["value"] == "7"
    assert shown.one("input", name="form_token")["value"] == "abc"
    assert shown.one("button")["data-prevent-double-click"] == "true"
    assert shown.text == "Accept Ada’s referral"


def test_searching_keeps_what_else_the_address_says() -> None:
    shown = show("{{ ui.search_box('Find a person', value='Ada', keep=[('view', 'due'), ('q', 'old')]) }}")
    assert shown.one("input", name="q")["value"] == "Ada"
    assert shown.one("input", name="view")["value"] == "due"


def test_filters_and_words_are_one_form() -> None:
    filters = [{"name": "state", "label": "State", "value": "w", "options": [("", "All"), ("w", "Waiting")]}]
    shown = show("{{ ui.filter_bar('Search', 'Ada', filters, [('view', 'due'), ('state', 'x')]) }}", filters=filters)
    assert len(shown.all("form")) == 1
    assert "selected" in shown.one("option", value="w")
    assert [box["name"] for box in shown.all("input")] == ["view", "q"]


def test_cards_show_reasons_and_facts_and_leave_out_empty_facts() -> None:
    card = {
        "heading": "Walking group", "href": "/w", "reasons": ["Step free"], "facts": [("Cost", "Free"), ("Wait", None)],
        "tags": [{"text": "Has space", "colour": "green"}], "action": {"text": "Connect", "href": "/c"},
    }  # fmt: skip
    shown = show("{{ ui.card_list([card]) }}", card=card)
    assert shown.text == "Walking group Has space Step free Cost Free Connect : Walking group"


@pytest.mark.parametrize(
    ("before", "after", "lower", "said"),
    [
        (4, 7, False, "4 → 7: better by 3"),
        (7, 4, False, "7 → 4: worse by 3"),
        (8, 5, True, "8 → 5: better by 3"),
        (0, 0, False, "0 → 0: no change"),
        (4, None, False, "4 at the start; the later answer is missing"),
        (None, 4, False, "4 now; the first answer is missing"),
        (None, None, False, "No answers yet"),
    ],
)
def test_change_is_said_in_words_and_a_missing_answer_is_never_guessed(
    before: int | None, after: int | None, lower: bool, said: str
) -> None:
    source = "{{ ui.change(before, after, 'Life', lower_is_better=lower) }}"
    assert said in show(source, before=before, after=after, lower=lower).text


def test_a_missing_number_is_called_missing() -> None:
    assert show("{{ ui.meter(none) }}").text == "Missing"
    assert show("{{ ui.meter(14, 20) }}").text == "14 of 20"


def test_leaving_works_without_a_script() -> None:
    assert show("{{ ui.quick_exit('/leave') }}").hrefs == ["/leave"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.tag(x) }}",
        "{{ ui.button(x) }}",
        "{{ ui.button_link(x, '/') }}",
        "{{ ui.action_link(x, '/') }}",
        "{{ ui.inset(x) }}",
        "{{ ui.details(x, x) }}",
        "{{ ui.warning(x, x) }}",
        "{{ ui.banner(x) }}",
        "{{ ui.panel(x, x) }}",
        "{{ ui.empty(x) }}",
        "{{ ui.quote(x, x) }}",
        "{{ ui.steps(1, 6) }}{{ x }}",
        "{{ ui.contents([(x, '#a')]) }}",
        "{{ ui.views([{'label': x, 'href': '/', 'count': 3, 'current': true}]) }}",
        "{{ ui.stats([{'label': x, 'number': 3, 'href': '/', 'note': x}]) }}",
        "{{ ui.task_list([{'text': x, 'href': '/', 'hint': x, 'tag': {'text': x, 'colour': 'blue'}}]) }}",
        "{{ ui.card_grid([{'heading': x, 'href': '/', 'text': x, 'meta': x, 'tags': [{'text': x}]}]) }}",
        "{{ ui.card_list([{'heading': x, 'text': x, 'meta': x}]) }}",
        "{{ ui.summary_list([(x, x)], card_title=x) }}",
        "{{ ui.search_box(x, value=x, keep={'a': x}) }}",
        "{{ ui.filter_bar(x, x, [{'name': 'a', 'label': x, 'value': x, 'options': [(x, x)]}], []) }}",
        "{{ ui.timeline([{'title': x, 'when': x, 'by': x, 'text': x}]) }}",
    ],
)
def test_every_component_shows_what_it_is_given_and_escapes_it(source: str) -> None:
    shown = show(source, x=NASTY)
    assert "<script" not in shown.html
    assert "alert(1)" in shown.html
    assert " style=" not in shown.html
