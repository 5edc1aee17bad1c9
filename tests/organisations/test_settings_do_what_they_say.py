"""Every field of a scheme's settings changes something somebody meets: a page, a letter, or what is sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
import time_machine
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.queries import review_day
from linkworks.connections.actions.chasing import chase_scheme
from linkworks.core import clock
from linkworks.core.actor import job_actor
from linkworks.organisations.rules.settings import SchemeSettings
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do
from tests.factories.connections import make_service
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db

Prepare = Callable[[Cast], Any]
Look = Callable[[Cast, Any], str]
HOME = "4 Choumert Road, SE15 5DD"


@dataclass(frozen=True)
class Meeting:
    """Where one setting is met: what has to be there first, what is looked at, and what it says once the setting changes."""

    change: dict[str, Any]
    prepare: Prepare
    look: Look
    says: str
    no_longer: str = ""


def page(who: str, name: str) -> Look:
    """The page of the thing that was prepared, as somebody of the cast reads it."""

    def look(cast: Cast, thing: Any) -> str:
        where = reverse(name, args=[thing.pk] if thing is not None else [])
        return words(cast.client(getattr(cast, who)).get(where).content.decode())

    return look


def words(page: str) -> str:
    main = page.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def nothing(cast: Cast) -> None:
    make_postcode()


def stage(made: Callable[..., Any], **facts: Any) -> Prepare:
    return lambda cast: made(cast, **facts)


def a_referral(cast: Cast) -> Any:
    sender = cast.actor(cast.referrer)
    with acting(sender):
        return referrals.sent(sender, cast.scheme.id)


def a_goal(cast: Cast) -> Any:
    make_service(cast.provider, name="Kettle and Company lunch", needs=["loneliness"], categories=["connected"])
    return make.with_goal(cast)[1]


def letters_are_safe(made: Callable[[Cast], Any]) -> Prepare:
    def prepare(cast: Cast) -> Any:
        case = made(cast)
        do(cast.actor(cast.link_worker), actions.set_channel, case, kind="letter", value=HOME, is_safe=True)
        return case

    return prepare


def next_review(cast: Cast, case: Any) -> str:
    """Asked on a Monday whose reviews fall on no holiday, which would move them."""
    with time_machine.travel("2026-06-08 10:00+01:00", tick=False):
        today = clock.today()
        shown = cast.client(cast.link_worker).get(reverse("casework:review", args=[case.pk])).content.decode()
    day, month, year = (
        re.search(rf'name="review_on_{part}"[^>]*value="(\d+)"', shown)
        or re.search(rf'value="(\d+)"[^>]*name="review_on_{part}"', shown)
        for part in ("day", "month", "year")
    )
    asked = date(int(year[1]), int(month[1]), int(day[1]))  # type: ignore[index]
    return f"{round((asked - today).days / 7)} weeks"


def after_five_working_days(cast: Cast, made: Any) -> str:
    """What the daily round does about a group that was written to on a Monday, the Monday after."""
    with time_machine.travel("2026-06-08 10:00+01:00", tick=False), acting(job_actor("test", cast.scheme.id)):
        chase_scheme(cast.scheme.id, by=job_actor("test", cast.scheme.id))
    made.refresh_from_db()
    return f"reminded {made.reminded_at is not None}, worker told {made.escalated_at is not None}"


def a_connection_sent_on_a_monday(cast: Cast) -> Any:
    connection = make.connected(cast)[2]
    with time_machine.travel("2026-06-01 10:00+01:00", tick=False):
        connection.sent_at = clock.now()
    connection.save(update_fields=["sent_at"])
    return connection


def who_a_referral_may_go_to(cast: Cast, _: Any) -> str:
    sent = cast.client(cast.referrer).post(reverse("referrals:new"), referrals.ANSWERS)
    return "goes on" if sent["Location"].endswith(reverse("referrals:new-check")) else "asks which scheme"


def ask_for_oneself(cast: Cast, _: Any) -> str:
    address = reverse("frontdoor:self-refer-question", args=["postcode"])
    return str(cast.client().post(address, {"postcode": "SE15 5DD"})["Location"])


def last_look(cast: Cast, _: Any) -> str:
    browser = cast.client(cast.referrer)
    browser.post(reverse("referrals:new"), referrals.ANSWERS)
    return words(browser.get(reverse("referrals:new-check")).content.decode())


def languages_in_order(cast: Cast, _: Any) -> str:
    shown = cast.client(cast.signposter).get(reverse("referrals:key-in")).content.decode()
    return " ".join(re.findall(r'<option value="(\w+)"', shown.split('name="language"')[1].split("</select>")[0]))


ALLOCATED_AND_OPEN = stage(make.active)
MEETINGS = {
    "contact_tries": Meeting(
        {"contact_tries": 2}, stage(make.contacting, tries=2), page("link_worker", "casework:close-unreached"),
        "There were 2 tries", "The scheme asks for 3",
    ),
    "first_contact_working_days": Meeting(
        {"first_contact_working_days": 2}, a_referral, page("referrer", "referrals:detail"),
        "answers within 2 working days", "answers within 5 working days",
    ),
    "max_sessions": Meeting(
        {"max_sessions": 1}, ALLOCATED_AND_OPEN, page("link_worker", "casework:case"),
        "this scheme usually offers 1 conversation",
    ),
    "review_weeks": Meeting({"review_weeks": 12}, stage(lambda cast: make.planned(cast)[0]), next_review, "12 weeks", "6 weeks"),
    "reminder_working_days": Meeting(
        {"reminder_working_days": 5}, a_connection_sent_on_a_monday, after_five_working_days, "reminded True",
    ),
    "escalate_working_days": Meeting(
        {"reminder_working_days": 1, "escalate_working_days": 5}, a_connection_sent_on_a_monday, after_five_working_days,
        "worker told True",
    ),
    "caseload_weight_target": Meeting(
        {"caseload_weight_target": 1}, stage(lambda cast: make.active(cast) and None),
        page("manager", "casework:allocation"), "Over a full caseload",
    ),
    "front_doors": Meeting(
        {"front_doors": ["account"]}, nothing, ask_for_oneself, "/self-refer/nearest",
    ),
    "who_can_be_referred.age_from": Meeting(
        {"who_can_be_referred": {"age_from": 50}}, nothing, last_look, "aged 50 and over", "aged 18 and over"
    ),
    "who_can_be_referred.age_to": Meeting(
        {"who_can_be_referred": {"age_to": 99}}, nothing, last_look, "aged 18 to 99", "aged 18 and over"
    ),
    "who_can_be_referred.words": Meeting(
        {"who_can_be_referred": {"words": "Carers first."}}, nothing, last_look, "Carers first.", "Adults who would like"
    ),
    "measure_stages": Meeting(
        {"measure_stages": ["close"]}, stage(make.allocated), page("link_worker", "casework:conversation"),
        "Save what was said", "go on to the wellbeing questions",
    ),
    "decline_reasons": Meeting(
        {"decline_reasons": ["outside-area"]}, a_referral, page("link_worker", "casework:decline"),
        "live outside our area What to tell", "We have this referral already",
    ),
    "referrer_types": Meeting({"referrer_types": ["library"]}, nothing, who_a_referral_may_go_to, "asks which scheme"),
    "categories": Meeting(
        {"categories": ["learning"]}, a_goal, page("link_worker", "casework:goal-match"),
        "Not a kind of support your scheme offers",
    ),
    "languages": Meeting({"languages": ["tr", "so"]}, nothing, languages_in_order, "tr so en"),
    "closing_letters.could_not_contact": Meeting(
        {"closing_letters": {"could_not_contact": "We knocked."}},
        letters_are_safe(lambda cast: make.contacting(cast, 3)), page("link_worker", "casework:close-unreached"),
        "We knocked.", "We have tried to get in touch",
    ),
    "closing_letters.finished": Meeting(
        {"closing_letters": {"finished": "It was a joy."}}, letters_are_safe(make.reviewed),
        page("link_worker", "casework:close"), "It was a joy.", "Thank you for working with us",
    ),
}  # fmt: skip


def is_document(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def every_field() -> set[str]:
    """The settings by their names in the document, those within others too."""
    found = set()
    for each in msgspec.structs.fields(SchemeSettings):
        inner = msgspec.structs.fields(each.type) if is_document(each.type) else ()
        found |= {f"{each.name}.{one.name}" for one in inner} or {each.name}
    return found


def test_no_setting_is_left_out() -> None:
    assert set(MEETINGS) == every_field()


@pytest.mark.parametrize("name", MEETINGS)
def test_a_change_of_a_setting_is_met_by_somebody(cast: Cast, name: str) -> None:
    meeting = MEETINGS[name]
    thing = meeting.prepare(cast)
    before = meeting.look(cast, thing)
    cast.scheme.settings, cast.scheme.settings_version = meeting.change, 2
    cast.scheme.save()
    after = meeting.look(cast, thing)
    assert meeting.says not in before
    assert meeting.says in after
    if meeting.no_longer:
        assert meeting.no_longer in before
        assert meeting.no_longer not in after


@pytest.mark.parametrize(("born", "ages"), [(1951, {"age_to": 60}), (2012, {}), (1990, {"age_from": 50})])
def test_somebody_of_another_age_is_not_taken_and_it_says_why(cast: Cast, born: int, ages: dict[str, int]) -> None:
    make_postcode()
    cast.scheme.settings = {"who_can_be_referred": ages}
    cast.scheme.save()
    browser = cast.client(cast.referrer)
    browser.post(reverse("referrals:new"), {**referrals.ANSWERS, "born_on_year": str(born)})
    shown = browser.get(reverse("referrals:new-check")).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', shown)
    assert token
    refused = browser.post(reverse("referrals:new-check"), {"form_token": token[1]})
    assert refused.status_code == 400
    assert "This scheme supports people aged" in refused.content.decode()


def test_a_first_review_is_on_a_working_day_whatever_the_weeks(cast: Cast) -> None:
    case = make.planned(cast)[0]
    for weeks in (1, 2, 3, 52):
        cast.scheme.settings = {"review_weeks": weeks}
        cast.scheme.save()
        assert review_day(case.scheme_id) - clock.today() >= timedelta(weeks=weeks)
        assert review_day(case.scheme_id).weekday() < 5
