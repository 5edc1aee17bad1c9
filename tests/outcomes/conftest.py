import pytest

from linkworks.people.models import Person


@pytest.fixture
def person(cast):
    return Person.objects.create(scheme=cast.scheme, given_name="Winston", family_name="Clarke")


@pytest.fixture
def stranger(cast):
    """Somebody of the other scheme."""
    return Person.objects.create(scheme=cast.other_scheme, given_name="Ivy", family_name="Park")
