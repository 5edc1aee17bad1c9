"""Wall two round referrals, with no Python check in the way: the sender, the scheme, and nobody else."""

from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, models, transaction

from linkworks.core import tenancy
from linkworks.core.actor import PUBLIC
from linkworks.referrals import actions
from linkworks.referrals.models import Amendment, LinkUndone, Progress, Referral, ReferralMove
from tests.cast import Cast
from tests.context import acting, database_context
from tests.factories.people import person
from tests.factories.referrals import sent, stored

HISTORY = [ReferralMove, Amendment, Progress]
TABLES: list[Any] = [Referral, *HISTORY, *Referral.pgh_event_models.values()]  # type: ignore[attr-defined]


@pytest.fixture
def referral(cast: Cast) -> Referral:
    made = sent(cast.actor(cast.referrer), cast.scheme.id)
    actions.amend(made, changes={"given_name": "June"}, reason="Misheard", by=cast.actor(cast.referrer))
    actions.accept(made, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
    actions.tell_progress(made.id, step="plan-agreed", by=cast.everything)
    return made


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("referrer", True),
        ("referring_colleague", True),
        ("link_worker", True),
        ("other_referrer", False),
        ("outsider", False),
        ("provider_coordinator", False),
        ("steward", False),
        ("administrator", False),
    ],
)
def test_rows_belong_to_the_sender_and_the_scheme(
    cast: Cast, referral: Referral, model: type[models.Model], who: str, sees: bool
) -> None:
    with acting(cast.actor(getattr(cast, who))):
        found = model.objects.count()  # type: ignore[attr-defined]
    # The administrator and the steward work for the host, which neither sent it nor is the scheme.
    assert bool(found) is sees


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_public_reads_none(cast: Cast, referral: Referral, model: type[models.Model]) -> None:
    with acting(PUBLIC):
        assert model.objects.count() == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("who", ["referrer", "manager"])
def test_history_cannot_be_rewritten(cast: Cast, referral: Referral, model: Any, who: str) -> None:
    with acting(cast.actor(getattr(cast, who))):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(made_by_name="Somebody else")
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
    assert not model.objects.filter(made_by_name="Somebody else").exists()


@pytest.mark.parametrize("who", ["outsider", "other_referrer", "provider_coordinator"])
def test_others_change_and_delete_none(cast: Cast, referral: Referral, who: str) -> None:
    with acting(cast.actor(getattr(cast, who))):
        assert Referral.objects.update(given_name="X") == 0
        assert Referral.objects.all().delete()[0] == 0
    assert Referral.objects.get().given_name == "June"


def test_a_sender_adds_in_their_own_name_only(cast: Cast) -> None:
    with acting(cast.actor(cast.referrer)):
        assert stored(cast.scheme.id, from_organisation_id=cast.practice.id).reference
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            stored(cast.scheme.id, from_organisation_id=cast.other_practice.id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            stored(cast.scheme.id)


def test_the_public_adds_to_any_scheme_and_changes_none(cast: Cast) -> None:
    with acting(PUBLIC):
        for scheme in (cast.scheme, cast.other_scheme):
            stored(scheme.id)
        assert Referral.objects.update(given_name="X") == 0
    assert Referral.objects.filter(given_name="Jean").count() == 2


def test_without_an_actor_nothing_is_written_or_read(cast: Cast, referral: Referral) -> None:
    before = database_context()
    tenancy.apply([""] * len(tenancy.SETTINGS))
    assert Referral.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        stored(cast.scheme.id)
    tenancy.apply(before)
    assert Referral.objects.count() == 1


def test_why_a_link_was_undone_is_the_schemes_alone_and_stays(cast: Cast) -> None:
    """Not even the organisation that sent the referral: the reason may speak of somebody else."""
    made = sent(cast.actor(cast.referrer), cast.scheme.id)
    actions.accept(made, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
    actions.unlink(made, reason="Her aunt of the same name", by=cast.actor(cast.manager))
    for who, sees in (("manager", 1), ("link_worker", 1), ("referrer", 0), ("outsider", 0), ("steward", 0)):
        with acting(cast.actor(getattr(cast, who))):
            assert LinkUndone.objects.count() == sees, who
    with acting(PUBLIC):
        assert not LinkUndone.objects.exists()
    for change in (lambda: LinkUndone.objects.update(reason="x"), lambda: LinkUndone.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
