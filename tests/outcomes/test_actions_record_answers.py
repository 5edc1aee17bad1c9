"""Recording answers: what is kept, who may, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection

from linkworks.core import clock
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.outcomes import actions
from linkworks.outcomes.models import AnswerSet
from tests.context import acting

ANSWERS = {"satisfied": 4, "happy": 0}


@pytest.fixture
def record(cast, person):
    """Record answers as the link worker, with some facts changed."""

    def recording(who=None, **changes):
        by = cast.actor(who or cast.link_worker)
        facts = {
            "person_id": person.id,
            "scheme_id": person.scheme_id,
            "measure_id": "ons4",
            "answers": ANSWERS,
            "asked_on": date(2026, 9, 1),
            "how_asked": "telephone",
        }
        with acting(by):
            return actions.record_answers(**{**facts, **changes}, by=by)

    return recording


def test_answers_are_kept_with_the_missing_ones_and_who_recorded_them(record, cast):
    kept = AnswerSet.objects.get(pk=record().pk)
    assert kept.answers == {"satisfied": 4, "worthwhile": None, "happy": 0, "anxious": None}
    assert (kept.measure, kept.measure_version, kept.declined) == ("ons4", 1, False)
    assert kept.recorded_by_name == "Amara Boateng"
    assert kept.how_asked == "telephone"


def test_choosing_not_to_answer_is_kept(record):
    kept = record(answers={}, declined=True)
    assert kept.declined
    assert set(kept.answers.values()) == {None}


def test_declined_with_answers_does_not_hold_together(record):
    with pytest.raises(Invalid, match="has no answers"):
        record(declined=True)


def test_nothing_answered_has_to_be_said(record):
    with pytest.raises(Invalid, match="Nothing was answered"):
        record(answers={"happy": None})


def test_the_day_may_be_today_and_not_tomorrow(record):
    assert record(asked_on=clock.today()).pk
    with pytest.raises(Invalid, match="future") as refused:
        record(asked_on=clock.today() + timedelta(days=1))
    assert refused.value.field == "asked_on"


def test_a_measure_we_do_not_have_is_refused(record):
    with pytest.raises(Invalid, match="not one we can ask"):
        record(measure_id="swemwbs")


def test_an_answer_off_the_scale_is_refused_and_nothing_is_kept(record):
    with pytest.raises(Invalid):
        record(answers={"happy": 11})
    assert not AnswerSet.objects.exists()


def test_another_schemes_person_is_refused(record, stranger):
    with pytest.raises(NotAllowed):
        record(person_id=stranger.id, scheme_id=stranger.scheme_id)


def test_a_person_of_another_scheme_cannot_be_recorded_under_ones_own(record, cast, stranger):
    with pytest.raises(NotAllowed):
        record(person_id=stranger.id, scheme_id=cast.scheme.id)


@pytest.mark.parametrize("who", ["referrer", "provider_coordinator", "commissioner", "administrator", "steward"])
def test_only_those_who_work_cases_record(record, cast, who):
    with pytest.raises(NotAllowed):
        record(getattr(cast, who))


def test_each_recording_leaves_an_audit_row_with_who(record, cast):
    kept = record()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, pgh_context->>'actor' FROM outcomes_answersetevent WHERE pgh_obj_id = %s", [kept.pk]
        )
        assert cursor.fetchall() == [("insert", f"staff:{cast.link_worker.id}")]
