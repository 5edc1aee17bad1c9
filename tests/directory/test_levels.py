"""How far advice goes, and what there is to know of a course: told by stewards, groups and lists, found by, and sent on."""

import json
from datetime import date, datetime, timedelta
from html import unescape
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import clock, vocabulary
from linkworks.core.clock import today
from linkworks.directory import actions, queries
from linkworks.directory.models import ImportProblem, ListingVersion, Service
from linkworks.directory.presenters import levels as words
from linkworks.directory.rules import levels
from linkworks.directory.rules.facts import SessionFacts
from linkworks.directory.rules.lists import list_id, word_id
from tests.cast import Cast
from tests.directory import sheets
from tests.directory.test_pages_editing import saved
from tests.factories import directory as make
from tests.interop.asking import Feed

pytestmark = pytest.mark.usefixtures("everything")
MARK, UNTIL, BY = "Fair Advice Mark", date(2027, 6, 30), date(2027, 1, 15)
BEFORE = datetime(2026, 11, 23, 12, tzinfo=clock.LONDON)
COURSE = {"course_levels": ("entry",), "join_by": BY, "certificate": "A certificate", "leads_to": "College."}
ADVICE = {"advice_levels": ("information", "casework"), "quality_mark": MARK, "quality_mark_until": UNTIL}


def page(client: Client, service: Service) -> str:
    return unescape(client.get(reverse("directory:service", args=[service.id])).content.decode())


def found(client: Client, asked: str) -> str:
    answer = client.get(f"/find?{asked}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def three() -> None:
    """Debt advice that goes far, debt advice that does not, and debt advice of which nobody knows."""
    for name, said in (("Desk", ["casework"]), ("Leaflets", ["information"]), ("Table", [])):
        make.service(name=f"{name} of debts", kinds=("debt-advice",), needs=("money-debt",), advice_levels=tuple(said))


# ─── Its page ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_how_far_advice_goes_and_which_mark_it_holds(client: Client) -> None:
    with clock.at(BEFORE):
        html = page(client, make.service(kinds=("debt-advice",), **ADVICE))
    assert "The advice it gives" in html and "About the course" not in html
    assert "Casework: forms, letters and calls on your behalf" in html and "Representation" not in html
    assert "Fair Advice Mark, until Wednesday 30 June 2027" in html


@pytest.mark.parametrize(
    ("until", "said"),
    [(None, MARK), (0, f"{MARK}, until "), (1, f"{MARK}, until "), (-1, f"{MARK}, ended on ")],
)
def test_a_mark_that_has_ended_is_never_told_as_one_it_holds(until: int | None, said: str) -> None:
    day = None if until is None else today() + timedelta(days=until)
    told = words.mark_words(Service(quality_mark=MARK, quality_mark_until=day), today())
    assert told.startswith(said) and ("until" in told) == (until is not None and until >= 0)
    assert words.mark_words(Service(quality_mark_until=day), today()) == "", "without a mark there is nothing to end"


@pytest.mark.parametrize(("kind", "asks"), [(each, each in levels.ADVICE) for each in vocabulary.KINDS])
def test_advice_that_does_not_say_how_far_it_goes_says_what_to_ask(kind: str, asks: bool) -> None:
    assert bool(words.advice_rows(Service(kinds=[kind]), today())) is asks
    assert all("Ask whether" in said for _, said in words.advice_rows(Service(kinds=[kind]), today()))


def test_the_page_of_a_course_says_its_level_its_dates_and_what_it_leads_to(client: Client) -> None:
    weekly = SessionFacts(freq="WEEKLY", byday="MO", valid_from=date(2027, 1, 11), valid_to=date(2027, 3, 15))
    with clock.at(BEFORE):
        html = page(client, make.service(kinds=("adult-education",), sessions=(weekly,), **COURSE))
    assert "About the course" in html and "The advice it gives" not in html
    for said in ("Entry level, before level 1", "A certificate", "College.", "Friday 15 January 2027"):
        assert said in html, said
    assert "Monday 11 January 2027 to Monday 15 March 2027, 10 weeks" in html


@pytest.mark.parametrize(("day", "said"), [(-1, "Ask when the next course begins"), (0, "2"), (9, "2")])
def test_a_day_to_join_that_is_over_says_what_to_ask(day: int, said: str) -> None:
    told = words.join_words(today() + timedelta(days=day), today())
    assert said in told and told.startswith("It was") == (day < 0)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 400))
def test_so_many_weeks_are_sevens_of_days(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    sevens = len({(first + timedelta(days=each) - first).days // 7 for each in range(days + 1)})
    assert words.weeks(first, last) == sevens


def test_what_goes_on_for_ever_or_is_once_has_no_dates_of_a_course() -> None:
    def times(first: date | None, last: date | None) -> Any:
        return SimpleNamespace(dtstart=first, valid_from=first, valid_to=last, freq="WEEKLY", byday="MO", interval=1)

    assert words.dates_of([times(BY, None), times(None, BY), times(BY, BY)]) == []
    assert len(words.dates_of([times(BY, UNTIL), times(BY, UNTIL)])) == 1, "each once"


# ─── Finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_debt_casework_is_found_and_what_does_not_say_is_named_apart(client: Client) -> None:
    three()
    html = found(client, "need=money-debt&advice=casework")
    assert "Desk of debts" in html and "Leaflets of debts" not in html and "Table of debts" not in html
    assert "1 more advice service does not say how far their advice goes" in html
    assert "<strong>Casework</strong>" in html and ">Advice</dt>" in html
    unsaid = found(client, "need=money-debt&advice=unsaid")
    assert "Table of debts" in unsaid and "Desk of debts" not in unsaid and "how far their advice goes" not in unsaid
    assert "how far their advice goes" not in found(client, "need=money-debt")
    assert "Desk of debts" in found(client, "q=debt+casework"), "the word itself finds it"


def test_courses_are_found_by_level(client: Client) -> None:
    for level in ("beginners", "level-2"):
        make.service(name=f"Maths {level}", kinds=("literacy-and-numeracy",), course_levels=(level,))
    html = found(client, "q=maths&course=level-2")
    assert "Maths level-2" in html and "Maths beginners" not in html and "<strong>Level 2</strong>" in html


@pytest.mark.parametrize("asked", ["advice=kindness", "course=phd", "advice=unsaid&course="])
def test_what_nobody_could_choose_is_no_choice(client: Client, asked: str) -> None:
    three()
    assert found(client, f"q=debts&{asked}").count(" of debts</a>") == (1 if "unsaid" in asked else 3)


def test_counts_tell_what_is_said_and_what_is_not() -> None:
    three()
    make.service(name="Lunch")
    counts = queries.ranked(queries.Looking(must_be_fresh=True)).counts["advice_levels"]
    assert {each: n for each, n in counts.items() if n} == {"casework": 1, "information": 1, "unsaid": 1}


# ─── By stewards and groups ──────────────────────────────────────────────────────────────────────────────────────────


def date_boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_a_steward_says_them_and_the_history_tells_in_words(steward: Client) -> None:
    service = make.service()
    said = {
        "advice_levels": ["information", "casework"], "quality_mark": MARK, **date_boxes("quality_mark_until", UNTIL),
        "course_levels": ["entry"], **date_boxes("join_by", BY), "certificate": "A certificate", "leads_to": "College.",
    }  # fmt: skip
    assert saved(steward, service, **said).status_code == 302
    service.refresh_from_db()
    assert {name: getattr(service, name) for name in ADVICE} == {**ADVICE, "advice_levels": ["information", "casework"]}
    assert (service.course_levels, service.join_by, service.leads_to) == (["entry"], BY, "College.")
    history = unescape(steward.get(reverse("directory:steward-history", args=[service.id])).content.decode())
    assert "Information; Casework" in history and "Wednesday 30 June 2027" in history and "2027-06-30" not in history


def test_the_end_of_a_mark_without_a_mark_is_asked_about(steward: Client) -> None:
    answer = saved(steward, make.service(), **date_boxes("quality_mark_until", UNTIL))
    assert answer.status_code == 400 and "Enter what the quality mark is called" in answer.content.decode()


def test_a_version_is_brought_back_with_its_dates(steward: Client) -> None:
    service = make.service(**ADVICE, **COURSE)
    saved(steward, service, quality_mark="", **dict.fromkeys(date_boxes("quality_mark_until", UNTIL), ""))
    service.refresh_from_db()
    assert service.quality_mark_until is None
    first = ListingVersion.objects.order_by("created_at").first()
    assert first and set(actions.restore_version(first, by=make.KEEPER)) == {"quality_mark", "quality_mark_until"}
    service.refresh_from_db()
    assert (service.quality_mark, service.quality_mark_until, service.join_by) == (MARK, UNTIL, BY)
    assert json.loads(service.document)["linkworks"]["quality_mark_until"] == "2027-06-30"


def test_a_group_says_them_of_itself_at_once(cast: Cast) -> None:
    service, by = make.service(cast.provider), cast.actor(cast.provider_coordinator)
    facts = queries.own_facts(service)
    seen = facts.pop("seen")
    assert actions.edit_own(service, facts={**facts, **ADVICE, **COURSE}, seen=seen, by=by) == [], "nothing waits"
    service.refresh_from_db()
    assert (service.quality_mark_until, service.join_by, service.course_levels) == (UNTIL, BY, ["entry"])
    form = cast.client(cast.provider_coordinator).get(reverse("providers:own-listing", args=[service.id]))
    assert all(said in form.content.decode() for said in ("If it gives advice", "If it is a course", MARK))


# ─── In and out ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_they_go_out_as_terms_and_words_and_the_levels_come_back(client: Client, tmp_path: Path) -> None:
    feed, made = Feed(client), make.service(name="Desk", kinds=("debt-advice",), **ADVICE, **COURSE)
    said = feed.json("/services", full="true")
    (told,) = said["contents"]
    ours = {"quality_mark": MARK, "quality_mark_until": "2027-06-30", "join_by": "2027-01-15", "leads_to": "College."}
    assert told["linkworks"].items() >= ours.items()
    assert feed.names(taxonomy_term_id=word_id("advice_levels", "casework")) == ["Desk"]
    assert feed.names(taxonomy_term_id=word_id("advice_levels", "representation")) == []
    assert feed.names(taxonomy_id=list_id("course_levels")) == ["Desk"]
    (tmp_path / "again.json").write_text(json.dumps(said), encoding="utf-8")
    call_command("import_feed", str(tmp_path / "again.json"), stdout=StringIO())
    again = Service.objects.exclude(id=made.id).get()
    assert (again.advice_levels, again.course_levels) == (["information", "casework"], ["entry"])


def test_a_hidden_place_is_in_none_of_the_words() -> None:
    hidden = make.place(address_1="9 Larch Row", is_address_hidden=True)
    service = make.service(places=(hidden,), leads_to="A class at 9 Larch Row", certificate="From 9 Larch Row")
    assert "Larch" not in service.document + service.leads_to + service.certificate


SHEET = {
    "Information; Casework": ["information", "casework"], "casework and representation": ["casework", "representation"],
    "REPRESENTATION": ["representation"], "": [], "Kindness": [],
}  # fmt: skip


def test_a_spreadsheet_says_them_in_a_column(tmp_path: Path) -> None:
    rows = [
        {"Key": str(at), "Organisation": "Kettle", "Name": f"Desk “{said}”", "How far advice goes": said}
        for at, said in enumerate(SHEET)
    ]
    (tmp_path / "list.csv").write_bytes(sheets.csv_of(*rows))
    actions.import_feed(str(tmp_path / "list.csv"), name="A list", by=make.KEEPER)
    assert dict(Service.objects.values_list("name", "advice_levels")) == {
        f"Desk “{s}”": got for s, got in SHEET.items()
    }
    odd = [each for each in ImportProblem.objects.values_list("reason", flat=True) if each.startswith("How far")]
    assert odd == ["How far advice goes: “Kindness” is not information, casework or representation."]


@pytest.mark.parametrize("name", ["advice_levels", "course_levels"])
def test_each_level_is_known_by_its_label_and_its_id(name: str) -> None:
    for each in vocabulary.LISTS[name].values():
        for spelt in (each.id, each.label, each.label.upper(), f" {each.label} "):
            assert levels.said(name, [spelt]) == (each.id,)
    assert levels.said(name, ["nothing", ""]) == ()
