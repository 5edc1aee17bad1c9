"""Whose listings a feed's are: our organisations for the feed's, known or added, for many rows at once."""

from collections.abc import Iterable, Sequence

from linkworks.organisations.models import Organisation
from linkworks.organisations.rules.numbers import FIELDS
from linkworks.organisations.states import OrganisationKind

from ..models import Source, SourceOrganisation
from ..rules.facts import OrganisationFacts, Row
from ..rules.feeds.finishing import NO_ORGANISATION


class Owners(dict[str, Organisation]):
    """Our organisations by the feed's keys."""

    source: Source

    def of(self, row: Row) -> Organisation:
        return self[facts_of(self.source, row).key]


def owners_of(source: Source, rows: Iterable[Row]) -> Owners:
    wanted: dict[str, OrganisationFacts] = {}
    for row in rows:
        facts = facts_of(source, row)
        wanted.setdefault(facts.key, facts)
    ties = SourceOrganisation.objects.filter(source=source, key__in=wanted).select_related("organisation")
    found = Owners({each.key: numbered(each.organisation, wanted[each.key]) for each in ties} if wanted else {})
    found.source = source
    found |= add_organisations(source, [facts for key, facts in wanted.items() if key not in found])
    return found


def facts_of(source: Source, row: Row) -> OrganisationFacts:
    """The feed's organisation. One that is not named stands for all of that source's."""
    return row.organisation or unnamed(source)


def numbered(organisation: Organisation, facts: OrganisationFacts) -> Organisation:
    """What was not known of it is kept; what was known stays, whatever a list says later."""
    told = [name for name in FIELDS if getattr(facts, name) and not getattr(organisation, name)]
    for name in told:
        setattr(organisation, name, getattr(facts, name))
    if told:
        organisation.save(update_fields=told)
    return organisation


def unnamed(source: Source) -> OrganisationFacts:
    name = f"{source.name}: organisation not named"
    return OrganisationFacts(key="(not named)", name=name, description=NO_ORGANISATION)


def add_organisations(source: Source, told: Sequence[OrganisationFacts]) -> dict[str, Organisation]:
    added = {facts.key: as_organisation(facts, source) for facts in told}
    Organisation.objects.bulk_create(added.values())
    SourceOrganisation.objects.bulk_create(
        SourceOrganisation(source=source, key=key, organisation=each) for key, each in added.items()
    )
    return added


def as_organisation(facts: OrganisationFacts, source: Source) -> Organisation:
    return Organisation(
        kind=OrganisationKind.OTHER.value,
        name=facts.name[:200],
        description=facts.description,
        email=facts.email,
        website=facts.website,
        charity_number=facts.charity_number,
        company_number=facts.company_number,
        is_fictional=source.is_fictional,
    )
