"""How many listings a sector has, and where: counted by the columns that finding uses, in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass

from linkworks.core.actor import Actor

from ..rules.evidence import Sector, evidence
from .finding import ranked
from .index import Answers, Looking


@dataclass(frozen=True, slots=True)
class SectorCounts:
    """How many listings there are of a sector, how many of each kind, in each borough, and in none.

    One with places in two boroughs counts in both. A place whose address is hidden counts in none.
    """

    total: int
    kinds: Mapping[str, int]
    boroughs: Mapping[str, int]
    nowhere: int

    @property
    def gaps(self) -> list[str]:
        """The boroughs, by code, in which none is listed."""
        return [code for code, count in self.boroughs.items() if not count]


def sector_counts(actor: Actor, sector: Sector) -> SectorCounts:
    found = answers_of(actor, sector)
    counts = found.counts
    kinds = {kind: counts["kinds"][kind] for kind in sector.kinds}
    return SectorCounts(len(found), kinds, counts["boroughs"], found.in_no_borough())


def everywhere(actor: Actor) -> dict[str, int]:
    """How many listings each sector has in all."""
    return {name: len(answers_of(actor, each)) for name, each in evidence().sectors.items()}


def answers_of(actor: Actor, sector: Sector) -> Answers:
    return ranked(Looking(kinds=sector.kinds, must_be_fresh=actor.is_signed_in))
