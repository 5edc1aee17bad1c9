"""What answers say, of one person and of a scheme."""

from datetime import timedelta

import pytest

from linkworks.outcomes import queries
from linkworks.people.models import Person
from tests.context import acting
from tests.factories.outcomes import START, answer_set


def satisfied(changes):
    return next(each for each in changes if each.item == "satisfied")


def test_a_persons_first_and_last_answers(person):
    answer_set(person, asked_on=START + timedelta(weeks=12), satisfied=7, anxious=2)
    answer_set(person, asked_on=START, satisfied=3, anxious=8)
    answer_set(person, asked_on=START + timedelta(weeks=6), satisfied=5)
    changes = queries.paired_change(person.id, "ons4")
    assert [each.item for each in changes] == ["satisfied", "worthwhile", "happy", "anxious"]
    assert (satisfied(changes).first, satisfied(changes).last, satisfied(changes).better) == (3, 7, True)
    assert (changes[3].change, changes[3].better, changes[3].missing) == (-6, True, 1)
    assert (changes[1].first, changes[1].missing) == (None, 3)


def test_two_sets_on_one_day_go_by_the_order_they_were_recorded(person):
    answer_set(person, satisfied=2)
    answer_set(person, satisfied=6)
    assert satisfied(queries.paired_change(person.id, "ons4")).change == 4


def test_nobody_asked_yet(person):
    assert not any(each.is_paired for each in queries.paired_change(person.id, "ons4"))


def test_one_query_however_many_answers(person, django_assert_num_queries):
    for week in range(5):
        answer_set(person, asked_on=START + timedelta(weeks=week), satisfied=week)
    with django_assert_num_queries(1):
        queries.paired_change(person.id, "ons4")


def test_a_scheme_counts_everybody_asked_and_shows_who_is_missing(cast, person):
    once = Person.objects.create(scheme=cast.scheme, given_name="Ada", family_name="Moss")
    never = Person.objects.create(scheme=cast.scheme, given_name="Len", family_name="Fox")
    answer_set(person, satisfied=3)
    answer_set(person, asked_on=START + timedelta(weeks=12), satisfied=7)
    answer_set(once, satisfied=9)
    answer_set(never, declined=True)
    change = queries.scheme_change("ons4", actor=cast.actor(cast.manager))
    assert (change.asked, change.paired, change.missing) == (3, 1, 2)
    assert (change.items[0].n, change.items[0].mean_change, change.items[0].missing) == (1, 4.0, 2)
    assert (change.items[1].n, change.items[1].mean_change) == (0, None)


@pytest.mark.parametrize("who", ["outsider", "referrer", "provider_coordinator"])
def test_others_count_nobody(cast, person, who):
    answer_set(person, satisfied=3)
    assert queries.scheme_change("ons4", actor=cast.actor(getattr(cast, who))).asked == 0


def test_one_query_however_many_people(cast, person, django_assert_num_queries):
    answer_set(person, satisfied=3)
    for name in ("Ada", "Len", "Bo"):
        answer_set(Person.objects.create(scheme=cast.scheme, given_name=name, family_name="Moss"), satisfied=5)
    manager = cast.actor(cast.manager)
    with django_assert_num_queries(1):
        queries.scheme_change("ons4", actor=manager)


def test_the_database_alone_hides_another_schemes_answers(cast, person):
    answer_set(person, satisfied=3)
    with acting(cast.actor(cast.outsider)):
        assert queries.paired_change(person.id, "ons4")[0].asked == 0


def test_somebody_kept_close_is_in_no_count(cast, person):
    answer_set(person, satisfied=3)
    Person.objects.filter(pk=person.pk).update(restriction="protected")
    assert queries.scheme_change("ons4", actor=cast.actor(cast.manager)).asked == 0
    assert queries.scheme_change("ons4", actor=cast.actor(cast.safeguarding_lead)).asked == 1
