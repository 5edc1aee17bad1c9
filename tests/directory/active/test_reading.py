"""A feed of activities becomes listings with dates; the next reading asks only for what is new, and what was deleted goes."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from linkworks.core.clock import now
from linkworks.directory import actions, queries
from linkworks.directory.actions.active import following
from linkworks.directory.models import FeedItem, HeldFact, ImportRun, Service, Source
from linkworks.directory.presenters import next_words
from tests.factories import directory as make
from tests.fakes.rpde import LICENCE

from .following import Follow, Followed, days_of, problems
from .samples import ORGANISER, dated, event, series, session


def next_day(service: Service) -> str:
    card = queries.service_card(service.id)
    assert card is not None
    return next_words(card.going)


def lantern(follow: Follow, count: int = 1, **more: Any) -> Followed:
    made = follow(**more)
    for n in range(count):
        made.main.put(n, series(n))
    return made


def test_series_and_their_sessions_become_listings_with_a_next_session(follow: Follow) -> None:
    made = follow()
    made.main.put(1, series(1))
    made.main.put(2, dated(2))
    made.main.put(3, event(3), kind="Event")
    made.dates.put(21, session(21, 2, remainingAttendeeCapacity=2))
    run = made.read()
    assert (run.read, run.created, run.dialect, run.stopped_because, problems(run)) == (4, 3, "OpenActive", "", [])
    assert next_day(made.of(1)) == "Tuesday 24 November 2026, 10:30am to 11:30am"
    assert next_day(made.of(2)) == "Thursday 26 November 2026, 6:30pm to 7:30pm"
    assert next_day(made.of(3, "Event")) == "Saturday 28 November 2026, 10am to midday"
    assert "2 places left" in days_of(made.of(2))[0]
    one = made.of(1)
    assert one.organisation == made.of(2).organisation
    assert (one.person_attributes, one.minimum_age, one.places.get().location.postcode) == (
        ["women-only"],
        18,
        "SE15 5DD",
    )
    assert '"Gentle yoga 1"' in one.document


def test_the_next_reading_begins_where_the_last_one_stopped(follow: Follow) -> None:
    made = lantern(follow, 5, per_page=2)
    made.read()
    assert made.asked[0] == "/session-series"
    assert len([each for each in made.asked if each.startswith("/session-series")]) == 4, (
        "three pages, and the empty one"
    )
    run = made.read()
    assert (run.read, run.unchanged, made.asked) == (0, 5, [
        "/session-series?afterTimestamp=1050&afterId=4", "/scheduled-sessions"])  # fmt: skip
    made.main.put(2, series(2, name="Quiet yoga"))
    run = made.read(agreed=True)
    assert (run.read, run.updated, run.unchanged) == (1, 1, 4)
    assert made.of(2).name == "Quiet yoga"


@pytest.mark.parametrize("order", ["time", "change"])
def test_either_order_is_followed(follow: Follow, order: str) -> None:
    made = lantern(follow, 4, per_page=1, order=order)
    assert made.read().created == 4
    assert any(("afterChangeNumber" in each) == (order == "change") for each in made.asked if "?" in each)


def test_what_is_not_told_again_is_not_gone(follow: Follow) -> None:
    made = lantern(follow, 2)
    for _ in range(3):
        made.read()
    assert set(made.listings.values_list("is_published", "gone_since")) == {(True, None)}


def test_what_is_deleted_is_taken_down_in_the_same_reading(follow: Follow) -> None:
    made = lantern(follow, 30)
    made.read()
    made.main.delete(7)
    run = made.read()
    gone = made.of(7)
    assert (run.removed, gone.is_published, gone.gone_since is not None) == (1, False, True)
    assert made.listings.filter(is_published=True).count() == 29
    assert made.read().removed == 0, "and that is said once"
    made.main.put(7, series(7))
    made.read()
    assert (made.of(7).is_published, made.of(7).gone_since) == (True, None)


def test_many_at_once_wait_for_a_steward(follow: Follow) -> None:
    made = lantern(follow, 10)
    made.read()
    for key in (1, 2):
        made.main.delete(key)
    run = made.read()
    assert (run.state, run.waits_because) == ("waiting", "It would take down 2 of 10 listings.")
    assert made.of(1).is_published
    actions.drop_run(run, by=make.KEEPER)
    again = made.read()
    assert again.state == "waiting", "it is still deleted, and a steward is asked again"
    actions.agree_to_run(again, by=make.KEEPER)
    actions.carry_out_run(again.id, by=make.KEEPER)
    assert [made.of(key).is_published for key in (1, 2, 3)] == [False, False, True]


def test_one_that_a_steward_shows_all_the_same_stays(follow: Follow) -> None:
    made = lantern(follow, 30)
    made.read()
    made.main.delete(7)
    made.read()
    actions.publish(made.of(7), by=make.KEEPER)
    assert made.read().removed == 0
    assert made.of(7).is_published


def test_new_dates_and_fewer_places_wait_for_nobody(follow: Follow) -> None:
    """A timetable changes every day: that is no reason to hold it up. What an activity says of itself is."""
    made = follow()
    for n in range(4):
        made.main.put(n, dated(n))
        made.dates.put(n, session(n, n))
    made.read()
    for n in range(4):
        made.dates.put(n, session(n, n, remainingAttendeeCapacity=0))
        made.dates.put(f"{n}b", session(f"{n}b", n, "2026-12-03T18:30:00Z"))
    run = made.read()
    assert (run.state, run.updated) == ("done", 4)
    assert len(days_of(made.of(0))) == 2
    for n in range(4):
        made.main.put(n, dated(n, description="New words."))
    assert made.read().state == "waiting"


def test_dates_that_are_all_taken_away_while_they_lie_ahead_wait_for_a_steward(follow: Follow) -> None:
    made = follow()
    for n in range(4):
        made.main.put(n, dated(n))
        made.dates.put(n, session(n, n))
    made.read()
    for n in range(4):
        made.dates.delete(n)
    run = made.read()
    assert (run.state, run.waits_because) == ("waiting", "It would change 4 of 4 listings.")
    assert made.of(0).status == "active"


def test_a_session_that_is_called_off_or_deleted_is_no_longer_next(follow: Follow) -> None:
    made = follow()
    made.main.put(1, dated(1))
    for n, day in enumerate(("2026-11-24", "2026-11-25", "2026-11-26")):
        made.dates.put(n, session(n, 1, f"{day}T18:30:00Z"))
    made.read()
    assert next_day(made.of(1)).startswith("Tuesday 24")
    made.dates.put(0, session(0, 1, "2026-11-24T18:30:00Z", eventStatus="https://schema.org/EventCancelled"))
    made.dates.delete(1)
    made.read()
    assert next_day(made.of(1)).startswith("Thursday 26")


def test_dates_lapse_when_they_have_passed_and_a_listing_with_none_left_is_not_offered(follow: Follow) -> None:
    made = follow()
    made.main.put(1, dated(1))
    made.dates.put(11, session(11, 1))
    made.dates.put(12, session(12, 1, "2026-12-03T18:30:00Z"))
    made.read()
    with time_machine.travel("2026-11-27T09:00:00Z", tick=False):
        assert next_day(made.of(1)).startswith("Thursday 3 December"), "without a reading too"
        run = made.read()
        assert (run.state, len(days_of(made.of(1))), made.of(1).status) == ("done", 1, "active")
    with time_machine.travel("2026-12-05T09:00:00Z", tick=False):
        run = made.read()
        assert (run.state, days_of(made.of(1)), made.of(1).status) == ("done", [], "inactive")
        assert not FeedItem.objects.filter(kind="date").exists()
        made.dates.put(13, session(13, 1, "2026-12-10T18:30:00Z"))
        made.read()
        assert made.of(1).status == "active"


def test_what_has_nothing_ahead_is_left_out_until_it_has(follow: Follow) -> None:
    made = follow()
    made.main.put(1, dated(1))
    made.main.put(2, event(2, "2026-11-01T10:00:00Z"), kind="Event")
    made.dates.put(11, session(11, 1, "2020-01-01T10:00:00Z"))
    run = made.read()
    assert (run.read, run.created) == (3, 0)
    assert problems(run) == ["It has no date ahead and no times of its own, so it is left out until it has. "
                             "There are 2 like it; this is the first."]  # fmt: skip
    made.dates.put(12, session(12, 1))
    assert made.read().created == 1


def test_kinds_that_are_not_read_are_one_line_with_their_number(follow: Follow) -> None:
    made = follow()
    made.main.put(1, series(1))
    for n in range(5):
        made.main.put(f"s{n}", {"@type": "Slot"}, kind="FacilityUse/Slot")
    made.main.put("f", {"@type": "FacilityUse", "name": "A hall"}, kind="FacilityUse")
    made.dates.put("x", session("x", 99))
    run = made.read()
    assert (run.read, run.created, run.rejected) == (8, 1, 6)
    told = {each.reason: (each.outcome, each.row_number) for each in run.problems.all()}
    assert told == {
        "Linkworks reads sessions and events, and not what is called Slot. There are 5 like it; this is the first.": ("rejected", 2),
        "Linkworks reads sessions and events, and not what is called FacilityUse.": ("rejected", 7),
        "This session belongs to a series that is not in the feed, so it is left out.": ("noted", 0),
    }  # fmt: skip


def test_a_changed_number_waits_as_it_does_for_every_feed(follow: Follow) -> None:
    made = lantern(follow, 20)
    made.read()
    made.main.put(3, series(3, organizer={**ORGANISER, "telephone": "020 7946 0444"}))
    assert made.read().state == "done"
    assert (made.of(3).phone, HeldFact.objects.get().offered) == ("020 7946 0333", "020 7946 0444")


def test_what_was_changed_here_stays(follow: Follow) -> None:
    made = lantern(follow, 20)
    made.read()
    seen = queries.facts_of(made.of(3))["seen"]
    actions.edit_listing(made.of(3), facts={"description": "As we say it."}, seen=seen, by=make.KEEPER)
    made.main.put(3, series(3, description="As the feed says it."))
    run = made.read()
    assert made.of(3).description == "As we say it."
    assert any("Kept as it was" in each for each in problems(run)), problems(run)


def test_the_licence_is_what_the_feed_says_and_nobody_has_confirmed(follow: Follow) -> None:
    made = lantern(follow)
    made.read()
    made.source.refresh_from_db()
    assert (made.source.licence, made.source.licence_said) == ("", LICENCE)


def test_one_feed_that_fails_stops_by_itself(follow: Follow) -> None:
    made = lantern(follow, 2)
    made.server.instead["/scheduled-sessions"] = b"<h1>Sorry</h1>"
    run = made.read()
    assert (run.created, run.state, run.stopped_because) == (2, "done", "What was read is not JSON.")
    assert problems(run) == ["What was read is not JSON."]
    del made.server.instead["/scheduled-sessions"]
    made.dates.put(1, session(1, 1, "2026-11-23T09:00:00Z"))
    assert made.read().stopped_because == ""
    assert next_day(made.of(1)).startswith("Monday 23 November")


class TestFromTheBeginning:
    """A whole feed says what left it: when it is read for the first time, and when a reading comes too late."""

    def test_after_more_than_a_week_it_is_read_anew_and_what_is_missing_goes_after_two(self, follow: Follow) -> None:
        """Nobody has to tell for longer than seven days that something was deleted."""
        made = lantern(follow, 30, per_page=10)
        made.read()
        del made.main.items["SessionSeries 7"]
        for week, (removed, shown) in enumerate([(0, True), (1, False)], 1):
            with time_machine.travel(now() + timedelta(days=8 * week), tick=False):
                run = made.read()
                assert made.asked[0] == "/session-series"
                assert (run.read, run.removed, made.of(7).is_published) == (29, removed, shown)
                assert made.of(7).gone_since is not None

    def test_within_a_week_it_goes_on(self, follow: Follow) -> None:
        made = lantern(follow, 3)
        made.read()
        with time_machine.travel(now() + timedelta(days=6, hours=23), tick=False):
            assert made.read().read == 0

    def test_half_a_feed_says_nothing_of_what_is_missing(self, follow: Follow, monkeypatch: pytest.MonkeyPatch) -> None:
        made = lantern(follow, 6, per_page=2)
        made.read()
        del made.main.items["SessionSeries 5"]
        monkeypatch.setattr(following, "MOST_PAGES", 1)
        with time_machine.travel(now() + timedelta(days=8), tick=False):
            run = made.read()
            assert (run.read, made.listings.filter(gone_since__isnull=False).count()) == (2, 0)
            assert any(each.startswith(following.THE_REST) for each in problems(run))
            made.read()
            made.read()
            made.read()
            assert [each.source_key for each in made.listings.filter(gone_since__isnull=False)] == ["SessionSeries 5"]

    def test_another_address_is_another_feed(self, follow: Follow) -> None:
        made = lantern(follow, 3)
        made.read()
        made.main.path = "/v2/session-series"
        made.server.feeds[made.main.path] = made.main
        Source.objects.update(address=made.main.address)
        run = made.read()
        assert (run.read, run.unchanged, made.asked[0]) == (3, 3, "/v2/session-series")
        assert FeedItem.objects.count() == 3

    def test_a_feed_of_dates_that_is_no_longer_the_source_s_is_forgotten(self, follow: Follow) -> None:
        made = follow()
        made.main.put(1, series(1))
        made.dates.put(1, session(1, 1))
        made.read()
        assert len(days_of(made.of(1))) == 2
        Source.objects.update(dates_address="")
        made.read(agreed=True)
        made.source.refresh_from_db()
        assert (len(days_of(made.of(1))), list(made.source.cursors)) == (1, ["activities"])


class TestAtOnce:
    """One reading is never without end, and the next goes on from where it stopped."""

    @pytest.mark.parametrize(("name", "most"), [("MOST_PAGES", 2), ("MOST_BYTES", 1), ("SECONDS", -1.0)])
    def test_the_rest_is_read_the_next_time(
        self, follow: Follow, monkeypatch: pytest.MonkeyPatch, name: str, most: float
    ) -> None:
        made = lantern(follow, 6, per_page=2)
        monkeypatch.setattr(following, name, most)
        run = made.read()
        assert any(each.startswith(following.THE_REST) for each in problems(run))
        assert run.created < 6
        monkeypatch.undo()
        monkeypatch.setattr(following.client, "fetch_sized", made.server.fetch_sized)
        before = run.created
        run = made.read()
        assert (run.created, run.read) == (6 - before, 6 - before), "and nothing is read twice"

    def test_a_reading_whose_worker_died_goes_on_behind_its_last_page(self, follow: Follow) -> None:
        made = lantern(follow, 6, per_page=2)
        made.server.instead["afterId=3"] = lambda url: (_ for _ in ()).throw(KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            made.read()
        made.server.instead.clear()
        dead = ImportRun.objects.get(state="reading")
        actions.read_source(dead.id, by=make.KEEPER)
        assert made.listings.count() == 6
        assert FeedItem.objects.count() == 6


def test_the_command_reads_one_too(follow: Follow) -> None:
    made = follow()
    made.main.put(1, dated(1))
    made.dates.put(1, session(1, 1))
    out = StringIO()
    call_command(
        "import_feed", made.main.address, "--name", "Lantern", "--activities", "--dates", made.dates.address, stdout=out
    )
    assert out.getvalue().startswith("Lantern (OpenActive)")
    assert made.of(1).status == "active"
