"""What is kept between pages is never out of date, never somebody else's, and always as safe as when it is made anew."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linkworks.directory import queries
from linkworks.directory.forms.finding import FindForm
from linkworks.directory.models import CostOption, Location, Schedule, Service
from linkworks.directory.queries import finding
from linkworks.organisations.models import Organisation
from linkworks.ui import fields
from tests.context import EVERYTHING, acting
from tests.factories import directory as make

LOOKING = queries.Looking(needs=("loneliness",), must_be_fresh=True)


@pytest.fixture
def service(committed_db: str) -> UUID:
    with transaction.atomic(), acting(EVERYTHING):
        return UUID(str(make.service().id))


def shown() -> Any:
    answers = queries.ranked(LOOKING)
    [one] = queries.shown(answers[:20], LOOKING, answers)
    return one


def told() -> tuple[Any, ...]:
    one = shown()
    when = [each.byday for each in one.going.times]
    prices = [each.amount for each in one.going.prices]
    place = one.going.places[0].location.name
    return (one.name, one.candidate.organisation_name, place, when, prices, one.service.phone)


CHANGES = {
    "name": lambda id: Service.objects.filter(id=id).update(name="New name"),
    "telephone": lambda id: Service.objects.filter(id=id).update(phone="020 7946 0999"),
    "organisation": lambda id: Organisation.objects.filter(name="Kettle and Company").update(name="New company"),
    "place": lambda id: Location.objects.filter(services__service=id).update(name="New hall"),
    "time": lambda id: Schedule.objects.filter(service=id).update(byday="FR"),
    "price": lambda id: CostOption.objects.filter(service=id).update(amount=9),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_read_again(service: UUID, change: str) -> None:
    before = told()
    assert told() == before
    with transaction.atomic(), acting(EVERYTHING):
        CHANGES[change](service)
        assert told() != before, "to who wrote it"
        transaction.set_rollback(True)
    assert told() == before, "it was undone"
    with transaction.atomic(), acting(EVERYTHING):
        CHANGES[change](service)
    assert told() != before


def test_what_was_read_for_one_page_is_not_read_for_the_next(service: UUID, django_assert_num_queries: Any) -> None:
    shown()
    with django_assert_num_queries(1):  # the look whether anything changed
        shown()


def test_no_more_is_kept_than_agreed(service: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_KEPT", 0)
    before = told()
    assert told() == before


NASTY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    ['"><script>alert(1)</script>', "' onfocus=alert(1) '", "&amp;", "\ue000here\ue000", "{{ 7 * 7 }}", "<b>"]
)


@given(NASTY)
def test_a_box_made_once_is_the_box_made_anew(typed: str) -> None:
    form = FindForm({"q": typed})
    assert form.field("q") == fields.Form.field(FindForm({"q": typed}), "q")


@pytest.mark.parametrize(
    "asked", [{"need": "housing"}, {"need": "nonsense"}, {"postcode": "SE15 5DD"}, {"postcode": "no"}, {}]
)
@pytest.mark.parametrize("name", ["distance", "need", "category", "postcode", "q"])
def test_a_question_made_once_is_the_question_made_anew(asked: dict[str, str], name: str) -> None:
    assert FindForm(asked).field(name) == fields.Form.field(FindForm(asked), name)


@pytest.mark.django_db
def test_one_visitors_words_are_not_on_anothers_page(client: Client) -> None:
    client.get("/find?q=secretword")
    assert "secretword" not in client.get("/find?q=lunch").content.decode()
    assert "secretword" not in client.get("/find").content.decode()


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["tea", "x" * 300, "<b>"]),
        "postcode": st.sampled_from(["SE15 5DD", "nowhere", ""]),
        "distance": st.sampled_from(["3", "", "7", "x"]),
        "need": st.sampled_from(["loneliness", "made-up"]),
        "day": st.sampled_from(["MO", "XX"]),
        "free": st.just("yes"),
    },
)


@given(st.lists(ASKED, min_size=2, max_size=4))
def test_what_one_reader_asks_is_not_on_anothers_form(some: list[dict[str, str]]) -> None:
    """The questions are shared, the answers and what is wrong with them are not."""
    alone = [answered(FindForm(each)) for each in some]
    forms = [FindForm(each) for each in some]
    for form in reversed(forms):
        form.is_valid()
    assert [answered(form) for form in forms] == alone
    assert answered(FindForm({})) == answered(FindForm())


def answered(form: FindForm) -> list[object]:
    form.is_valid()
    said = [str(form[name].value() or "") for name in form.fields]
    return [said, form.errors.get_json_data(), [str(form.field(name)) for name in form.fields]]
