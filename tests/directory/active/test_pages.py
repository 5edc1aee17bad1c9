"""A steward takes on a feed of activities: adds it, reads it, sees what came of it, and confirms its licence."""

from uuid import uuid4

import pytest
from django.test import Client

from linkworks.core.later import holding_jobs
from linkworks.directory.access import shared_services
from linkworks.directory.models import ImportRun, Service, Source
from linkworks.directory.states import SourceKind
from tests.cast import Cast
from tests.directory.pages import page, said, statements
from tests.fakes.rpde import LICENCE

from .following import Follow
from .samples import dated, series, session

ADD = page("source-add")
GOOD = {
    "name": "Lantern Active",
    "kind": "activities",
    "address": "https://feed.example.org/session-series",
    "dates_address": "https://feed.example.org/scheduled-sessions",
    "licence": "",
    "owner": "The timetable desk",
    "priority": "4",
    "schedule": "daily",
}


@pytest.fixture
def source(cast: Cast) -> Source:
    return Source.objects.create(
        name="Lantern", kind=SourceKind.ACTIVITIES, address=GOOD["address"], licence_said=LICENCE
    )


class TestAdding:
    def test_it_is_added_listed_and_shown_as_what_it_is(self, steward: Client) -> None:
        shown = said(steward, ADD)
        for words in (
            "Activity sessions (OpenActive)",
            "Web address of its dated sessions",
            "Services (Open Referral UK",
        ):
            assert words in shown
        answer = steward.post(ADD, GOOD)
        source = Source.objects.get()
        assert answer["Location"] == page("source", source.id)
        assert (source.kind, source.dates_address, source.licence) == ("activities", GOOD["dates_address"], "")
        shown = said(steward, page("source", source.id))
        for words in (
            "Activity sessions (OpenActive)",
            GOOD["dates_address"],
            "Read it now",
            "Not known: nothing of it",
        ):
            assert words in shown
        assert "Give a file" not in shown
        assert "Confirm this licence" not in shown, "the feed has not said any"
        assert "Activity sessions (OpenActive)" in said(steward, page("sources"))

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"address": ""}, "Enter the web address of the feed"),
            ({"address": "/etc/passwd"}, "Enter a web address that begins with https://"),
            ({"address": "http://127.0.0.1/"}, "not a public one"),
            ({"dates_address": "http://127.0.0.1/"}, "not a public one"),
            ({"dates_address": "http://[::ffff:10.0.0.1]/"}, "not a public one"),
            ({"dates_address": "scheduled-sessions"}, "Enter a web address that begins with https://"),
            ({"dates_address": "https://a:b@feed.example.org/"}, "without a name, password"),
            ({"dates_address": f"https://feed.example.org/{'x' * 600}"}, "500 characters"),
            ({"kind": "poems"}, "Choose"),
            ({"kind": ""}, "There is a problem"),
        ],
    )
    def test_bad_input_says_so_and_keeps_what_was_typed(
        self, steward: Client, typed: dict[str, str], words: str
    ) -> None:
        answer = steward.post(ADD, GOOD | typed)
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert words in shown
        assert "The timetable desk" in shown
        assert not Source.objects.exists()

    def test_a_list_of_services_has_no_feed_of_dates(self, steward: Client) -> None:
        steward.post(ADD, GOOD | {"kind": "listings", "dates_address": "http://127.0.0.1/"})
        assert Source.objects.get().dates_address == "", "it was not asked for"

    def test_it_is_changed_with_what_stands_there(self, steward: Client, source: Source) -> None:
        Source.objects.update(dates_address=GOOD["dates_address"])
        change = page("source-change", source.id)
        assert f'value="{GOOD["dates_address"]}"' in said(steward, change)
        assert steward.post(change, GOOD | {"dates_address": ""}).status_code == 302
        source.refresh_from_db()
        assert (source.dates_address, source.kind) == ("", "activities")


class TestReading:
    def test_it_is_read_and_says_what_came_of_it(self, steward: Client, follow: Follow) -> None:
        made = follow()
        made.main.put(1, series(1))
        made.main.put(2, dated(2))
        made.main.put("s", {"@type": "Slot"}, kind="FacilityUse/Slot")
        made.dates.put(1, session(1, 2, remainingAttendeeCapacity=1))
        with holding_jobs() as jobs:
            answer = steward.post(page("source-read", made.source.id))
        assert "0 items read so far" in said(steward, answer["Location"])
        jobs[0].run()
        shown = said(steward, answer["Location"])
        for words in ("Items read in the feed", "OpenActive", "not what is called Slot", "Left out", "Done"):
            assert words in shown, words
        run = ImportRun.objects.get()
        assert (run.read, run.created, run.rejected) == (4, 2, 1)
        listed = Service.objects.get(source_key="SessionSeries 2")
        shown = said(Client(), page("service", listed.id))
        for words in ("Thursday 26 November 2026", "One place left", "Marlowe Leisure Centre", "Women only", "£4.50"):
            assert words in shown, words

    def test_what_waits_is_shown_with_what_would_become_of_each(self, steward: Client, follow: Follow) -> None:
        made = follow()
        for n in range(3):
            made.main.put(n, dated(n))
            made.dates.put(n, session(n, n))
        made.read()
        made.main.put(0, dated(0, description="New words."))
        made.dates.put(1, session(1, 1, "2026-11-30T09:00:00Z"))
        made.main.delete(2)
        run = made.read()
        shown = said(steward, page("import-run", run.id))
        for words in (
            "New dates",
            "Its dates, or the places left on them",
            "Changed",
            "New words.",
            "Deleted from the list",
        ):
            assert words in shown, words
        assert "It would change 1 of 3 listings. It would take down 1 of 3 listings." in shown

    def test_what_stopped_it_is_said(self, steward: Client, follow: Follow) -> None:
        made = follow()
        made.server.instead["/session-series"] = {"items": [], "next": "http://169.254.169.254/"}
        run = made.read()
        shown = said(steward, page("import-run", run.id))
        assert "This feed could not be read" in shown
        assert "not a public one" in shown

    def test_queries_do_not_grow_with_problems(self, steward: Client, follow: Follow) -> None:
        made = follow()
        made.main.put(1, {"@type": "Slot"}, kind="Slot")
        few = statements(steward, page("import-run", made.read().id))
        for n in range(30):
            made.main.put(n, {"@type": f"Kind{n}"}, kind=f"Kind{n}")
        assert statements(steward, page("import-run", made.read().id)) == few


class TestLicence:
    def confirm(self, client: Client, source: Source, licence: str = LICENCE) -> str:
        answer = client.post(page("source-licence", source.id), {"licence": licence}, follow=True)
        source.refresh_from_db()
        return answer.content.decode()

    def test_what_the_feed_says_is_shown_and_counts_once_it_is_confirmed(self, steward: Client, follow: Follow) -> None:
        made = follow()
        made.main.put(1, series(1))
        made.read()
        shown = said(steward, page("source", made.source.id))
        assert f"The feed says that its licence is {LICENCE}" in shown
        assert "Not known: nothing of it" in shown
        assert not shared_services().exists(), "nobody looked at the licence yet"
        assert "The licence is confirmed" in self.confirm(steward, made.source)
        assert made.source.licence == LICENCE
        assert shared_services().get() == made.of(1)
        assert "Confirm this licence" not in said(steward, page("source", made.source.id))

    def test_another_one_later_is_shown_beside_ours(self, steward: Client, source: Source) -> None:
        Source.objects.update(licence="Open Government Licence v3.0")
        shown = said(steward, page("source", source.id))
        assert "Here stands another" in shown
        assert "Open Government Licence v3.0" in shown

    @pytest.mark.parametrize("licence", ["", "Another one"])
    def test_only_what_was_shown_is_confirmed(self, steward: Client, source: Source, licence: str) -> None:
        assert "The feed says another licence by now" in self.confirm(steward, source, licence)
        assert source.licence == ""

    def test_it_is_a_stewards_and_not_a_link(self, steward: Client, cast: Cast, source: Source) -> None:
        where = page("source-licence", source.id)
        assert steward.get(where).status_code == 405
        assert steward.post(page("source-licence", uuid4()), {"licence": LICENCE}).status_code == 404
        assert cast.client(cast.link_worker).post(where, {"licence": LICENCE}).status_code == 403
        assert "/sign-in" in cast.client().post(where, {"licence": LICENCE})["Location"]
        source.refresh_from_db()
        assert source.licence == ""
