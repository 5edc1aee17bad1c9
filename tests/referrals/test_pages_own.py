"""What one's own organisation referred: list, file, one referral, putting it right and taking it back."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkworks.audit.models import RecordView
from linkworks.core import tenancy
from linkworks.referrals import actions
from linkworks.referrals.models import Amendment, Referral
from linkworks.referrals.states import DeclineReason, Step
from tests.cast import Cast
from tests.factories.people import person
from tests.factories.referrals import ANSWERS, sent, stored

LIST = "/referrals/"


@pytest.fixture
def referral(cast: Cast) -> Referral:
    return sent(cast.actor(cast.referrer), cast.scheme.id)


@pytest.fixture
def browser(cast: Cast) -> Client:
    return cast.client(cast.referrer)


class TestList:
    def test_it_shows_ones_own_organisations_referrals(self, cast: Cast, browser: Client, referral: Referral) -> None:
        theirs = sent(cast.actor(cast.other_referrer), cast.scheme.id)
        page = browser.get(LIST).content.decode()
        assert referral.reference in page
        assert "Waiting for the scheme" in page
        assert theirs.reference not in page

    def test_a_colleague_sees_it_too(self, cast: Cast, referral: Referral) -> None:
        assert referral.reference in cast.client(cast.referring_colleague).get(LIST).content.decode()

    @pytest.mark.parametrize(("question", "found"), [("marlow", True), ("MARLOW jean", True), ("khan", False)])
    def test_search(self, browser: Client, referral: Referral, question: str, found: bool) -> None:
        page = browser.get(LIST, {"q": question}).content.decode()
        assert (referral.reference in page) is found
        assert ("Nothing was found" in page) is not found

    def test_search_by_reference_however_it_is_typed(self, browser: Client, referral: Referral) -> None:
        typed = referral.reference.lower().replace("-", "")
        assert "Jean Marlow" in browser.get(LIST, {"q": typed}).content.decode()

    def test_filter_by_state(self, browser: Client, referral: Referral) -> None:
        assert referral.reference in browser.get(LIST, {"state": "sent"}).content.decode()
        page = browser.get(LIST, {"state": "declined"}).content.decode()
        assert referral.reference not in page
        assert "No referrals in this state" in page
        assert referral.reference in browser.get(LIST, {"state": "nonsense"}).content.decode()

    def test_with_nothing_there_it_says_what_to_do(self, browser: Client) -> None:
        assert "has not referred anybody yet" in browser.get(LIST).content.decode()

    def test_long_lists_have_pages(self, cast: Cast, browser: Client) -> None:
        for _ in range(27):
            stored(cast.scheme.id, from_organisation_id=cast.practice.id)
        assert "Showing 1 to 25 of 27" in browser.get(LIST).content.decode()
        assert "Showing 26 to 27 of 27" in browser.get(LIST, {"page": "2"}).content.decode()

    def test_queries_do_not_grow_with_rows(self, cast: Cast, browser: Client, referral: Referral) -> None:
        browser.get(LIST)
        with CaptureQueriesContext(connection) as few:
            browser.get(LIST)
        for _ in range(9):
            sent(cast.actor(cast.referrer), cast.scheme.id)
        with CaptureQueriesContext(connection) as many:
            page = browser.get(LIST).content.decode()
        assert all(reference in page for reference in Referral.objects.values_list("reference", flat=True))
        assert len(many) == len(few)

    def test_stranger_roles_are_refused(self, cast: Cast) -> None:
        for who in ("link_worker", "steward", "administrator", "provider_coordinator"):
            assert cast.client(getattr(cast, who)).get(LIST).status_code == 403

    def test_signed_out_and_wrong_method(self, cast: Cast, browser: Client) -> None:
        assert cast.client().get(LIST).status_code == 302
        assert browser.post(LIST).status_code == 405


class TestDownload:
    def rows(self, browser: Client, **query: str) -> list[list[str]]:
        response = browser.get("/referrals/download", query)
        assert response["Content-Type"].startswith("text/csv")
        assert "attachment" in response["Content-Disposition"]
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    def test_the_list_is_a_file(self, browser: Client, referral: Referral) -> None:
        head, row = self.rows(browser)
        assert head[0] == "Reference"
        assert row[:3] == [referral.reference, "Jean", "Marlow"]

    def test_it_is_filtered_like_the_list(self, browser: Client, referral: Referral) -> None:
        assert len(self.rows(browser, state="declined")) == 1
        assert len(self.rows(browser, q="marlow")) == 2

    def test_another_organisation_gets_nothing(self, cast: Cast, referral: Referral) -> None:
        assert len(self.rows(cast.client(cast.other_referrer))) == 1

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
    def test_no_cell_runs_as_a_formula(self, cast: Cast, browser: Client, name: str) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id, given_name=name)
        assert self.rows(browser)[1][1] == f"'{name}"

    def test_who(self, cast: Cast, browser: Client) -> None:
        assert cast.client().get("/referrals/download").status_code == 302
        assert cast.client(cast.link_worker).get("/referrals/download").status_code == 403
        assert browser.post("/referrals/download").status_code == 405


class TestDetail:
    def path(self, referral: Referral, end: str = "") -> str:
        return f"/referrals/{referral.id}{end}"

    def test_it_shows_what_was_sent_and_what_happened(self, cast: Cast, browser: Client, referral: Referral) -> None:
        actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
        actions.tell_progress(referral.id, step="plan-agreed", words="A first visit is arranged.", by=cast.everything)
        page = browser.get(self.path(referral)).content.decode()
        for words in (
            "Jean Marlow",
            "Referral sent",
            "Accepted by the scheme",
            "Ruth Adeyemi",
            "A plan was agreed",
            "A first visit is arranged.",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("who", "hears"), [("referrer", True), ("referring_colleague", False), ("link_worker", False)]
    )
    def test_only_whoever_sent_it_is_promised_the_decision(
        self, cast: Cast, referral: Referral, who: str, hears: bool
    ) -> None:
        page = cast.client(getattr(cast, who)).get(self.path(referral)).content.decode()
        assert ("You always hear the decision" in page) is hears

    def test_a_declined_one_says_why(self, cast: Cast, browser: Client, referral: Referral) -> None:
        actions.decline(
            referral, reason=DeclineReason.OUTSIDE_AREA, words="Try the Camden team.", by=cast.actor(cast.manager)
        )
        page = browser.get(self.path(referral)).content.decode()
        assert "The person lives outside the scheme’s area" in page
        assert "Try the Camden team." in page
        assert "/change" not in page

    def test_no_raw_id_or_state_name_is_shown(self, browser: Client, referral: Referral) -> None:
        page = browser.get(self.path(referral)).content.decode().split("<main")[1].split("</main>")[0]
        for raw in ("link-worker", "sent</strong>", "long-term-condition", "None", str(referral.scheme_id)):
            assert raw not in page

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("referrer", 200),
            ("referring_colleague", 200),
            ("link_worker", 200),
            ("safeguarding_lead", 200),
            ("other_referrer", 404),
            ("outsider", 404),
            ("steward", 403),
            ("provider_coordinator", 403),
            ("administrator", 403),
        ],
    )
    @pytest.mark.parametrize("end", ["", "/change", "/withdraw"])
    def test_who(self, cast: Cast, referral: Referral, who: str, status: int, end: str) -> None:
        expected = 403 if who == "safeguarding_lead" and end else status
        assert cast.client(getattr(cast, who)).get(self.path(referral, end)).status_code == expected

    @pytest.mark.parametrize("end", ["", "/change", "/withdraw"])
    def test_signed_out_and_wrong_method(self, cast: Cast, browser: Client, referral: Referral, end: str) -> None:
        assert cast.client().get(self.path(referral, end)).status_code == 302
        assert browser.delete(self.path(referral, end)).status_code == 405


class TestChange:
    def test_it_starts_with_what_was_sent_and_saves_what_changed(self, browser: Client, referral: Referral) -> None:
        page = browser.get(f"/referrals/{referral.id}/change").content.decode()
        assert 'value="Jean"' in page
        assert 'value="Mornings"' in page
        told = browser.post(
            f"/referrals/{referral.id}/change", {**ANSWERS, "given_name": "June", "reason": "Misheard"}, follow=True
        )
        assert "Your changes were saved" in told.content.decode()
        assert "First name changed" in told.content.decode()
        assert list(Amendment.objects.values_list("field", flat=True)) == ["given_name"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [({"reason": ""}, "Say why you are changing it"), ({"given_name": ""}, "Enter their first name")],
    )
    def test_bad_input(self, browser: Client, referral: Referral, change: dict[str, str], said: str) -> None:
        asked = {**ANSWERS, "reason": "Misheard", "anything_to_know": "Ring the top bell", **change}
        page = browser.post(f"/referrals/{referral.id}/change", asked)
        assert page.status_code == 400
        assert said in page.content.decode()
        assert "Ring the top bell" in page.content.decode()
        assert Amendment.objects.count() == 0

    def test_one_that_is_finished_is_refused(self, cast: Cast, browser: Client, referral: Referral) -> None:
        actions.withdraw(referral, reason="Mistake", by=cast.actor(cast.referrer))
        page = browser.post(f"/referrals/{referral.id}/change", {**ANSWERS, "reason": "A long reason, typed late"})
        assert page.status_code == 400
        assert "so it cannot be changed" in page.content.decode()
        assert "A long reason, typed late" in page.content.decode(), "what was typed is not lost"


class TestWithdraw:
    def test_it_is_confirmed_with_a_reason(self, browser: Client, referral: Referral) -> None:
        assert "Withdraw this referral?" in browser.get(f"/referrals/{referral.id}/withdraw").content.decode()
        page = browser.post(f"/referrals/{referral.id}/withdraw", {"reason": "She changed her mind"}, follow=True)
        assert "was withdrawn" in page.content.decode()
        assert "She changed her mind" in page.content.decode()
        referral.refresh_from_db()
        assert referral.state == "withdrawn"

    def test_a_reason_is_needed(self, browser: Client, referral: Referral) -> None:
        page = browser.post(f"/referrals/{referral.id}/withdraw", {})
        assert page.status_code == 400
        assert "Say why you are withdrawing it" in page.content.decode()

    def test_looking_withdraws_nothing_and_twice_is_refused(self, browser: Client, referral: Referral) -> None:
        browser.get(f"/referrals/{referral.id}/withdraw")
        referral.refresh_from_db()
        assert referral.state == "sent"
        for status in (302, 400):
            assert browser.post(f"/referrals/{referral.id}/withdraw", {"reason": "Mistake"}).status_code == status

    def test_what_is_finished_cannot_be_taken_back(self, cast: Cast, browser: Client, referral: Referral) -> None:
        address = f"/referrals/{referral.id}"
        assert f"{address}/withdraw" in browser.get(address).content.decode()
        with tenancy.context(cast.actor(cast.manager)):
            actions.tell_progress(referral.id, step=Step.CASE_FINISHED, by=cast.actor(cast.manager))
        assert f"{address}/withdraw" not in browser.get(address).content.decode()
        page = browser.post(f"{address}/withdraw", {"reason": "A mistake of ours"})
        assert page.status_code == 400
        assert "A mistake of ours" in page.content.decode()


class TestLooking:
    """Who opened the record of somebody known to the scheme is kept."""

    def test_the_team_looking_is_kept_and_the_referrer_reading_their_own_is_not(
        self, cast: Cast, browser: Client, referral: Referral
    ) -> None:
        jean = person(cast.scheme.id)
        actions.accept(referral, person_id=jean.id, by=cast.actor(cast.manager))
        browser.get(f"/referrals/{referral.id}")
        assert RecordView.objects.count() == 0
        cast.client(cast.link_worker).get(f"/referrals/{referral.id}")
        assert RecordView.objects.get().person_id == jean.id
