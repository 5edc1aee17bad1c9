"""The rows of the feed, as text: what may be published onwards and nothing else."""

from .organisations import organisation, organisations
from .places import place, places
from .rows import Rows
from .samples import an_example, how_many
from .service import service, services
from .terms import taxonomies, taxonomy, term, terms

__all__ = [
    "Rows",
    "an_example",
    "how_many",
    "organisation",
    "organisations",
    "place",
    "places",
    "service",
    "services",
    "taxonomies",
    "taxonomy",
    "term",
    "terms",
]
