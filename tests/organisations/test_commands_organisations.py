"""Organisations join and move from the command line; what was before a move stays true."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from linkworks.accounts.models import Invitation
from linkworks.core.errors import NotAllowed
from linkworks.organisations import actions
from linkworks.organisations.models import Organisation, Relation
from linkworks.organisations.queries import part_of
from linkworks.organisations.states import RelationKind
from tests.cast import Cast
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def told(name: str, *args: str) -> str:
    call_command(name, *args, stdout=(out := StringIO()))
    return out.getvalue()


class TestAddOrganisation:
    def test_a_practice_joins_and_its_administrator_can_be_invited(self) -> None:
        said = told(
            "add_organisation", "Rye Lane Surgery", "--kind", "gp-practice", "--ods", "g85001", "--postcode", "se155dd"
        )
        made = Organisation.objects.get(ods_code="G85001")
        assert (made.name, made.kind, made.postcode) == ("Rye Lane Surgery", "gp-practice", "SE15 5DD")
        assert "invite_administrator" in said
        told("invite_administrator", "G85001", "--name", "Kit Moss", "--email", "kit@example.org")
        assert Invitation.objects.get().organisation == made

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--postcode", "SE15"], "Give a full postcode"),
            (["--ods", "QKK"], "There is an organisation with that code already"),
            (["--kind", "castle"], "invalid choice"),
        ],
    )
    def test_a_slip_makes_nothing(self, options: list[str], said: str) -> None:
        before = Organisation.objects.count()
        with pytest.raises(CommandError, match=said):
            told("add_organisation", "Rye Lane Surgery", "--kind", "gp-practice", *options)
        assert Organisation.objects.count() == before

    def test_the_same_name_twice_needs_a_code_to_tell_them_apart(self) -> None:
        told("add_organisation", "The Surgery", "--kind", "gp-practice", "--ods", "G85001")
        with pytest.raises(CommandError, match="There is an organisation called “the surgery” already"):
            told("add_organisation", "the surgery", "--kind", "gp-practice")
        told("add_organisation", "The Surgery", "--kind", "gp-practice", "--ods", "G85002")
        assert Organisation.objects.filter(name="The Surgery").count() == 2


class TestRelate:
    def test_a_pcn_moves_to_another_board_and_history_stays_true(self) -> None:
        pcn = make_organisation("Made-up PCN", "pcn")
        told("relate", "made-up pcn", "--part-of", "QKK", "--from", "2022-07-01")
        said = told("relate", "Made-up PCN", "--part-of", "QWE", "--from", "2026-04-01")
        wholes = [part_of(pcn, day) for day in (date(2022, 7, 1), date(2026, 3, 31), date(2026, 4, 1))]
        assert [each and each.ods_code for each in wholes] == ["QKK", "QKK", "QWE"]
        assert "from Wednesday 1 April 2026. What was before stays as it was." in said

    @pytest.mark.parametrize("kind", ["part-of", "covers", "commissions"])
    def test_a_tie_ends_on_a_day(self, kind: str) -> None:
        make_organisation("Made-up PCN", "pcn")
        told("relate", "Made-up PCN", f"--{kind}", "QKK", "--from", "2022-07-01")
        told("relate", "Made-up PCN", f"--{kind}", "QKK", "--until", "2026-04-01")
        tie = Relation.objects.get(organisation__name="Made-up PCN")
        assert (tie.kind, tie.starts_on, tie.ends_on) == (kind, date(2022, 7, 1), date(2026, 4, 1))
        with pytest.raises(CommandError, match="had no such tie the day before"):
            told("relate", "Made-up PCN", f"--{kind}", "QKK", "--until", "2027-01-01")

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["Nobody", "--part-of", "QKK", "--from", "2026-04-01"], "0 organisations are called “Nobody”"),
            (["QKK", "--part-of", "QKK", "--from", "2026-04-01"], "cannot be related to itself"),
            (["QWE", "--part-of", "QKK", "--from", "1 April"], "invalid day value"),
            (["QWE", "--part-of", "QKK"], "one of the arguments --from --until is required"),
            (["QWE", "--from", "2026-04-01"], "one of the arguments"),
        ],
    )
    def test_a_slip_changes_nothing(self, args: list[str], said: str) -> None:
        before = Relation.objects.count()
        with pytest.raises(CommandError, match=said):
            told("relate", *args)
        assert Relation.objects.count() == before


def test_no_page_gives_the_power_to_set_up(cast: Cast) -> None:
    day, by = date(2026, 4, 1), cast.actor(cast.administrator)
    tie = Relation.objects.filter(ends_on__isnull=True).first()
    assert tie
    tries: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (actions.add_organisation, (), {"name": "X", "kind": "other"}),
        (actions.relate, (cast.host,), {"to": cast.practice, "kind": RelationKind.COVERS, "starts_on": day}),
        (actions.move, (cast.host,), {"to": cast.practice, "on": day}),
        (actions.end_relation, (tie,), {"ends_on": day}),
        (actions.record_gap, ("E09000003",), {"reason": "X"}),
    ]
    for action, args, options in tries:
        with pytest.raises(NotAllowed):
            action(*args, **options, by=by)
