"""The table of page × role × side says what everybody gets; every page is in it, and every page gives what it says."""

import logging

import pytest
from django.db import transaction

from linkworks.accounts.roles import Role
from linkworks.core import tenancy

from . import access_table, pages, standing
from .conftest import HERE
from .rows import Filling

EVERY_PAGE = {page.name: page for page in pages.every_page()}
TABLE = access_table.load()
PAGES = {name: page for name, page in EVERY_PAGE.items() if name in TABLE}
ROLES = access_table.different_roles()


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Refusals are what is looked for here; each would be logged as a warning."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def rows_here(town):
    """The rows of the scheme `here`, and what else pages point to; in one transaction for all of these tests."""
    with transaction.atomic():
        with tenancy.context(town.cast.everything):
            filling = Filling(town.cast.scheme, town.cast.link_worker, town.cast.provider, HERE)
            filling.made = dict(town.here)
            made = standing.also_pointed_at(town.here, filling)
        yield made
        transaction.set_rollback(True)


def test_every_page_is_in_the_table():
    assert sorted(set(EVERY_PAGE) - set(TABLE)) == [], "say in access_table.yaml who may open it"


def test_the_table_has_no_page_that_is_gone():
    assert sorted(set(TABLE) - set(EVERY_PAGE)) == []


def test_roles_that_are_alike_get_the_same_answers():
    unlike = [
        f"{name}: {first} and {second}"
        for name, answers in TABLE.items()
        for first in Role
        for second in Role
        if access_table.alike(first) == access_table.alike(second) and answers.by_role[first] != answers.by_role[second]
    ]
    assert unlike == []


def is_worth_asking(answers, role, side):
    """A page for everybody is asked signed out; a role that is not let in at all is not let in elsewhere either."""
    refused_at_home = answers.by_role[role]["own"] == answers.by_role[role][side] == access_table.NOT_ALLOWED
    return not answers.is_for_everybody and not (side == "other" and refused_at_home)


def wrong(found, documented):
    return {
        name: f"gives {found[name]}, documented {documented[name]}" for name in found if found[name] != documented[name]
    }


def test_somebody_signed_out_gets_what_the_table_says(rows_here):
    client = standing.browser(None)
    found = {name: standing.ask(client, page, rows_here, TABLE[name].method) for name, page in PAGES.items()}
    assert wrong(found, {name: TABLE[name].signed_out for name in found}) == {}


@pytest.mark.parametrize("side", ["own", "other"])
@pytest.mark.parametrize("role", ROLES, ids=[role.value for role in ROLES])
def test_each_role_gets_what_the_table_says(town, rows_here, role, side):
    documented = {name: TABLE[name].by_role[role][side] for name in PAGES if is_worth_asking(TABLE[name], role, side)}
    with standing.undone():
        user = standing.sides(town.cast)[side].join(role, f"Some {role.value}")
        if side == "own":
            standing.arrange(town.cast, user, rows_here)
        client = standing.browser(user)
        found = {name: standing.ask(client, PAGES[name], rows_here, TABLE[name].method) for name in documented}
    assert wrong(found, documented) == {}


@pytest.mark.parametrize("role", [Role.LINK_WORKER, Role.TEAM_MANAGER, Role.SAFEGUARDING_LEAD])
def test_a_colleagues_cases_are_for_those_who_see_the_team(town, rows_here, role):
    """The rows stay the link worker's of the cast; a colleague of this role asks for them."""
    asked = {name: answers for name, answers in TABLE.items() if name in PAGES and not answers.is_for_everybody}
    with standing.undone():
        client = standing.browser(standing.sides(town.cast)["own"].join(role, f"Another {role.value}"))
        found = {name: standing.ask(client, PAGES[name], rows_here, TABLE[name].method) for name in asked}
    assert wrong(found, {name: answers.about_a_colleagues(role) for name, answers in asked.items()}) == {}


def test_every_page_of_one_case_is_closed_to_colleagues():
    """Casework's pages about a row are on somebody's caseload; the inbox is everybody's, concerns and the audit have their own owners."""
    shared = (
        "casework:inbox",
        "casework:accept",
        "casework:decline",
        "casework:redirect",
        "casework:told",
        "casework:unlink",
        "casework:restriction",
        "casework:record",
        "casework:away-end",  # whoever is away, of whom the team knows
        "casework:said-of",  # about a group, not about a person
    )
    about_one = [
        name
        for name, page in PAGES.items()
        if name.startswith("casework:") and page.blanks and not name.startswith(shared)
    ]
    assert [name for name in about_one if TABLE[name].colleague != 404] == []


def test_administrators_of_accounts_open_nothing_about_people():
    for role in (
        Role.ORGANISATION_ADMINISTRATOR,
        Role.SUPPORT,
        Role.COMMISSIONER,
        Role.PAN_LONDON_ANALYST,
        Role.DIRECTORY_STEWARD,
    ):
        opened = {name for name, answers in TABLE.items() if answers.by_role[role]["own"] == 200}
        about_people = {name for name in opened if name.startswith(("casework:", "referrals:", "providers:"))}
        assert about_people == set(), role


def test_no_page_is_documented_to_open_another_schemes_rows():
    """Pages about a row answer 404 to the same role elsewhere; what stays open elsewhere names no row."""
    open_elsewhere = [
        name
        for name, answers in TABLE.items()
        if PAGES[name].blanks and not answers.is_for_everybody
        for role in Role
        if answers.by_role[role]["other"] == 200
    ]
    about_nobody = {
        *("directory:steward-edit", "directory:steward-facts", "directory:steward-take-down", "directory:import-run"),
        *("directory:steward-report", "directory:steward-photos"),
        *(f"directory:steward-going{page}" for page in ("", "-add", "-change", "-remove")),
        "directory:duplicate",
        *(
            "directory:source",
            "directory:source-change",
            "directory:source-file",
            "directory:source-words",
            "directory:source-word",
            "directory:steward-proposal",
            "directory:steward-claim",
            "directory:steward-history",
            "directory:steward-restore",
        ),
        "casework:said-of",
    }
    assert set(open_elsewhere) <= about_nobody


def test_a_wrong_line_would_be_seen():
    assert wrong({"casework:case": 200}, {"casework:case": 404}) == {"casework:case": "gives 200, documented 404"}
