"""Taking on organisations and schemes: from the command line only."""

import pytest

from linkworks.core.actor import PUBLIC, job_actor
from linkworks.core.errors import NotAllowed
from linkworks.organisations.actions.registering import add_organisation, add_scheme
from linkworks.organisations.queries import settings_of, who_serves
from linkworks.organisations.rules.settings import SchemeSettings
from linkworks.organisations.states import CatchmentKind, Coverage, OrganisationKind
from tests.cast import Cast
from tests.factories.organisations import make_postcode

pytestmark = pytest.mark.django_db

BY = job_actor("set-up")


def test_a_scheme_serves_its_area_from_the_first_day() -> None:
    make_postcode()
    host = add_organisation(name=" Peckham Hearth ", kind=OrganisationKind.CHARITY, by=BY)
    areas = [(CatchmentKind.POSTCODE_SECTOR, "SE15 5"), ("borough", "E09000022")]

    made = add_scheme(
        name="Peckham Connects", slug="peckham", host=host, coverage=Coverage.PLACE, areas=areas, by=BY, phone="1"
    )

    assert host.name == "Peckham Hearth"
    answer = who_serves("SE15 5DD").scheme
    assert answer is not None
    assert answer.id == made.id
    assert settings_of(made.id) == SchemeSettings()


def test_no_page_gives_this_power(cast: Cast) -> None:
    for by in (PUBLIC, cast.actor(cast.administrator), cast.actor(cast.manager)):
        with pytest.raises(NotAllowed):
            add_organisation(name="X", kind="charity", by=by)
        with pytest.raises(NotAllowed):
            add_scheme(name="X", slug="x", host=cast.host, coverage="place", areas=[], by=by)


@pytest.mark.parametrize("kind", ["castle", ""])
def test_a_kind_nobody_knows_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="is not a valid OrganisationKind"):
        add_organisation(name="X", kind=kind, by=BY)
