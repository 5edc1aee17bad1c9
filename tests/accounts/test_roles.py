"""Roles: each has its facts, and account administrators see no client."""

import pytest

from linkworks.accounts.roles import ROLES, Role, permissions_of, sentence_of, title_of
from linkworks.core.permissions import Permission as P

ABOUT_CLIENTS = {
    P.REFERRAL_SEND, P.REFERRAL_TRIAGE, P.REFERRAL_KEY_IN, P.CASE_VIEW_OWN, P.CASE_VIEW_TEAM, P.CASE_WORK, P.CASE_ALLOCATE,
    P.CONNECTION_SEND, P.CONNECTION_ANSWER, P.ATTENDANCE_MARK, P.SAFEGUARDING_LEAD, P.AUDIT_VIEW,
}  # fmt: skip


def test_every_role_of_the_design_has_its_facts() -> None:
    assert set(ROLES) == set(Role)
    assert len(Role) == 19


@pytest.mark.parametrize("role", list(Role))
def test_each_role_says_what_it_is_for(role: Role) -> None:
    assert title_of(role)[0].isupper()
    assert sentence_of(role).endswith(".")
    assert len(sentence_of(role).split()) >= 4
    assert permissions_of(role.value) == ROLES[role].permissions


def test_every_permission_is_somebodys() -> None:
    assert set().union(*(facts.permissions for facts in ROLES.values())) == set(P)


@pytest.mark.parametrize(
    "role",
    [Role.ORGANISATION_ADMINISTRATOR, Role.SUPPORT, Role.COMMISSIONER, Role.PAN_LONDON_ANALYST, Role.DIRECTORY_STEWARD],
)
def test_these_see_no_client(role: Role) -> None:
    assert not permissions_of(role) & ABOUT_CLIENTS


def test_only_administrators_manage_accounts() -> None:
    assert [role for role in Role if P.ACCOUNTS_MANAGE in permissions_of(role)] == [Role.ORGANISATION_ADMINISTRATOR]


def test_whoever_carries_cases_works_in_a_scheme() -> None:
    assert all(facts.needs_scheme for facts in ROLES.values() if facts.carries_cases)
    assert all(P.CASE_WORK in facts.permissions for facts in ROLES.values() if facts.carries_cases)


def test_roles_of_all_london_are_not_an_organisations_to_give() -> None:
    kept = [role for role, facts in ROLES.items() if not facts.is_given_by_administrators]

    assert kept == [Role.PAN_LONDON_ANALYST, Role.SUPPORT]


def test_an_unknown_role_has_no_permissions_at_all() -> None:
    with pytest.raises(ValueError, match="cleaner"):
        permissions_of("cleaner")
