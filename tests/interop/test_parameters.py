"""What can be asked of the feed: each filter narrows to exactly what it says, and nothing is ignored in silence."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from linkworks.core import clock, vocabulary
from linkworks.directory import actions
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import AreaFacts, SessionFacts, TermFacts
from linkworks.directory.rules.lists import ALL, list_id, word_id
from tests.factories import directory as make
from tests.interop.asking import Feed

LISTED = ["/services", "/taxonomies", "/taxonomy_terms", "/service_at_locations", "/organizations"]


class TestWords:
    def test_search_reads_name_description_and_labels(self, feed: Feed) -> None:
        make.service(name="Tuesday lunch club")
        make.service(name="Knit and natter", description="Wool is provided.", kinds=("knitting-and-craft",), needs=())
        assert feed.names(search="lunch") == ["Tuesday lunch club"]
        assert feed.names(search="wool") == ["Knit and natter"]
        assert feed.names(search="craft") == ["Knit and natter"]
        assert feed.names(search="natt") == ["Knit and natter"], "part of a name"
        assert feed.names(search="quidditch") == []

    @pytest.mark.parametrize(
        "odd", ['"', "a & b | !c", "'; drop table", "(((", "-", "\\", "%", "<->", "лук", "a" * 500]
    )
    def test_odd_words_find_nothing_and_break_nothing(self, feed: Feed, lunch: Any, odd: str) -> None:
        for route in LISTED:
            assert feed.get(route, search=odd).status_code == 200

    def test_no_words_are_no_filter(self, feed: Feed, lunch: Any) -> None:
        assert feed.names(search="") == ["Tuesday lunch club"]


class TestTerms:
    def test_a_term_of_ours_and_its_list(self, feed: Feed) -> None:
        make.service(name="Lonely", needs=("loneliness",), kinds=())
        make.service(name="Money", needs=("money-debt",), kinds=())
        make.service(name="Neither", needs=(), kinds=("choir",) if "choir" in vocabulary.KINDS else ("dance",))
        assert feed.names(taxonomy_term_id=word_id("needs", "loneliness")) == ["Lonely"]
        assert feed.names(taxonomy_id=list_id("needs")) == ["Lonely", "Money"]
        assert feed.names(taxonomy_id=list_id("kinds")) == ["Neither"]

    def test_a_term_of_a_feeds(self, feed: Feed) -> None:
        make.service(name="Told", terms=(TermFacts("Council list", "1", "Lunch clubs"),))
        make.service(name="Untold")
        (term,) = feed.rows("/taxonomy_terms", search="lunch clubs")
        assert feed.names(taxonomy_term_id=term["id"]) == feed.names(taxonomy_id=term["taxonomy_id"]) == ["Told"]
        assert feed.json(f"/taxonomies/{term['taxonomy_id']}")["name"] == "Council list"

    def test_every_word_of_ours_is_there_with_its_list(self, feed: Feed) -> None:
        terms = {each["id"]: each for each in feed.rows("/taxonomy_terms")}
        for name in ALL:
            for word in vocabulary.LISTS[name]:
                assert terms[word_id(name, word)]["taxonomy_id"] == list_id(name)
        assert {each["id"] for each in feed.rows("/taxonomies")} == {list_id(name) for name in ALL}

    def test_terms_of_one_list(self, feed: Feed) -> None:
        found = feed.rows("/taxonomy_terms", taxonomy_id=list_id("needs"))
        assert [each["name"] for each in found] == [each.label for each in vocabulary.NEEDS.values()]

    def test_none_of_our_lists_has_levels(self, feed: Feed) -> None:
        everything = feed.rows("/taxonomy_terms")
        assert feed.rows("/taxonomy_terms", top_only="true") == everything
        assert not any("parent_id" in each for each in everything)
        assert feed.rows("/taxonomy_terms", parent_id=everything[0]["id"]) == []


class TestOrganisations:
    def test_services_of_one(self, feed: Feed) -> None:
        one, other = make.organisation("One"), make.organisation("Other")
        make.service(one, name="Its own"), make.service(other, name="Another's")
        assert feed.names(organization_id=str(one.id)) == ["Its own"]
        assert len(feed.rows("/service_at_locations", organization_id=str(one.id))) == 1

    def test_only_those_with_something_to_show(self, feed: Feed) -> None:
        make.organisation("Nothing here")
        make.service(make.organisation("Hidden"), is_published=False)
        make.service(make.organisation("Shown"))
        assert feed.names("/organizations") == ["Shown"]
        assert feed.names("/organizations", search="show") == ["Shown"]
        assert feed.names("/organizations", search="nothing") == []

    def test_with_their_services_whole(self, feed: Feed) -> None:
        one = make.organisation("One")
        make.service(one, name="A"), make.service(one, name="B"), make.service(one, is_published=False)
        (row,) = feed.rows("/organizations", full_service="true")
        assert [each["name"] for each in row["services"]] == ["A", "B"]
        assert feed.json(f"/organizations/{one.id}", full_service="true") == row
        assert "services" not in feed.json(f"/organizations/{one.id}")


class TestWhen:
    def test_what_changed_at_a_moment_or_later(self, feed: Feed) -> None:
        for day in (1, 2, 3):
            with clock.at(datetime(2026, 11, day, 12, tzinfo=UTC)):
                make.service(name=f"On day {day}")
        for said in (
            "2026-11-02T12:00:00Z",
            "2026-11-02T12:00:00+00:00",
            "2026-11-02T13:00:00+01:00",
            "2026-11-02T12:00:00",
            "2026-11-02",
        ):
            assert feed.names(modified_after=said) == ["On day 2", "On day 3"], said
        assert feed.names(modified_after="2026-11-02T12:00:01Z") == ["On day 3"]

    def test_a_plus_that_became_a_space_is_still_an_offset(self, feed: Feed, lunch: Any) -> None:
        response = feed.client.get("/api/oruk/v3/services?modified_after=2026-11-02T13:00:00+01:00")
        assert response.status_code == 200
        assert response.json()["total_items"] == 1

    def test_day_and_times_hold_of_one_session(self, feed: Feed) -> None:
        monday_morning = SessionFacts(freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(11))
        friday_evening = SessionFacts(freq="MONTHLY", byday="-1FR", opens_at=time(18), closes_at=time(20))
        make.service(name="Both", sessions=(monday_morning, friday_evening))
        make.service(name="Evening", sessions=(friday_evening,))
        make.service(name="Words", sessions=(SessionFacts(description="Mondays and Fridays"),))
        assert feed.names(day="MO") == ["Both"]
        assert feed.names(day="friday") == ["Both", "Evening"]
        assert feed.names(start_time="18:00") == ["Both", "Evening"]
        assert feed.names(end_time="11:00") == ["Both"]
        assert feed.names(day="FR", end_time="12:00") == [], "no Friday session ends by noon"
        assert feed.names(day="SU") == []

    def test_a_rule_without_days_is_on_the_day_it_began(self, feed: Feed) -> None:
        make.service(name="Since a Wednesday", sessions=(SessionFacts(freq="WEEKLY", dtstart=date(2026, 11, 18)),))
        make.service(name="Was", sessions=(SessionFacts(freq="WEEKLY", byday="WE", valid_to=date(2020, 1, 1)),))
        assert feed.names(day="WE") == ["Since a Wednesday"]
        assert feed.names(day="TH") == []

    def test_ages(self, feed: Feed) -> None:
        make.service(name="Adults", minimum_age=18), make.service(name="Children", minimum_age=5, maximum_age=11)
        make.service(name="Anybody")
        assert feed.names(minimum_age="18") == ["Adults"]
        assert feed.names(minimum_age="5") == ["Adults", "Children"]
        assert feed.names(maximum_age="11") == ["Children"]


class TestWhere:
    @pytest.fixture
    def town(self, everything: None) -> None:
        make.postcode()
        for number, north in enumerate((0.0, 0.004, 0.02)):  # here, 445 metres and 2.2 kilometres away
            make.service(name=f"Club {number}", places=(make.place(at=(make.PECKHAM[0] + north, make.PECKHAM[1])),))
        make.service(name="Online", places=(make.place(at=None, location_type="virtual", postcode=""),))

    @pytest.mark.parametrize(("metres", "found"), [(1, 1), (440, 1), (450, 2), (2200, 2), (2300, 3), (500_000, 3)])
    def test_within_metres_of_a_postcode(self, feed: Feed, town: None, metres: int, found: int) -> None:
        rows = feed.rows("/service_at_locations", postcode="se155dd", proximity=metres)
        assert [each["service"]["name"] for each in rows] == [f"Club {number}" for number in range(found)]

    def test_it_agrees_with_the_distance_counted_elsewhere(self, feed: Feed, everything: None) -> None:
        from random import Random

        from linkworks.organisations.rules.places import metres_between

        dice, at = Random(3), make.postcode()
        spots = [
            (make.PECKHAM[0] + dice.uniform(-0.05, 0.05), make.PECKHAM[1] + dice.uniform(-0.08, 0.08))
            for _ in range(20)
        ]
        for number, spot in enumerate(spots):
            make.service(name=f"{number:02}", places=(make.place(at=spot, postcode="NW1 0JH"),))
        for metres in (500, 2000, 4000):
            near = [
                f"{n:02}" for n, spot in enumerate(spots) if metres_between((at.latitude, at.longitude), spot) <= metres
            ]
            rows = feed.rows("/service_at_locations", postcode="SE15 5DD", proximity=metres)
            assert [each["service"]["name"] for each in rows] == near

    def test_a_postcode_alone_asks_who_serves_it(self, feed: Feed, everything: None) -> None:
        make.postcode()
        make.service(name="Southwark only", areas=(AreaFacts("Southwark", "E09000028"),))
        make.service(name="Camden only", areas=(AreaFacts("Camden", "E09000007"),))
        make.service(name="All London", areas=(AreaFacts("London", "E12000007"),))
        make.service(name="Somewhere said in words", areas=(AreaFacts("The estate"),))
        make.service(name="Does not say")
        rows = feed.rows("/service_at_locations", postcode="SE15 5DD")
        assert [each["service"]["name"] for each in rows] == [
            "Southwark only", "All London", "Somewhere said in words", "Does not say",
        ]  # fmt: skip

    def test_a_postcode_we_do_not_know_is_said(self, feed: Feed, everything: None) -> None:
        assert "not one this directory knows" in feed.problem("/service_at_locations", postcode="M1 1AE")["postcode"]


class TestShapes:
    def test_minimal_is_ids_and_dates_all_at_once(self, feed: Feed) -> None:
        for number in range(60):
            make.service(name=f"Club {number}")
        page = feed.json("/services", minimal="true")
        assert (page["total_items"], page["size"], page["total_pages"]) == (60, 60, 1)
        assert all(set(each) == {"id", "last_modified", "modified_date"} for each in page["contents"])
        assert feed.json("/services", minimal="true", per_page=7)["size"] == 7

    def test_full_rows_are_the_documents(self, feed: Feed, lunch: Any) -> None:
        (row,) = feed.rows("/services", full="true")
        assert row == feed.json(f"/services/{lunch.id}")
        (place,) = feed.rows("/service_at_locations", full="true")
        assert place == feed.json(f"/service_at_locations/{place['id']}")
        assert place["service"] == row

    @pytest.mark.parametrize("route", LISTED)
    def test_a_stream_holds_what_the_pages_hold(self, feed: Feed, route: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from linkworks.interop.oruk.queries import rows

        for number in range(7):
            make.service(name=f"Club {number}", terms=(TermFacts("Council list", str(number), f"Term {number}"),))
        Service.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))  # all at one moment: the id decides
        for at_once in (1, 2, 3, 500):
            monkeypatch.setattr(rows, "AT_ONCE", at_once)
            assert list(feed.lines(route)) == feed.rows(route)

    def test_the_order_never_moves(self, feed: Feed) -> None:
        made = [make.service(name=name) for name in ("Zebra", "Apple", "Mango")]
        before = [each["id"] for each in feed.rows("/services")]
        with clock.at(clock.now() + timedelta(days=9)):
            actions.save_service(made[0], facts=make.facts(name="Aardvark"), by=make.KEEPER)
        assert [each["id"] for each in feed.rows("/services")] == before == [str(each.id) for each in made]
        places = [each["service_id"] for each in feed.rows("/service_at_locations")]
        assert places == before
