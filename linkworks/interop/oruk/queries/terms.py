"""Taxonomies and their terms: our own lists, then those that published services are described with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linkworks.directory.access import shared_services
from linkworks.directory.models import Attribute, Taxonomy, TaxonomyTerm
from linkworks.directory.rules.document import canonical, tidied
from linkworks.directory.rules.lists import our_lists, our_terms
from linkworks.directory.rules.lists import term as as_term

from ..rules.asking import Asked
from .rows import Rows

OF_A_TERM = ("id", "name", "description", "term_uri", "taxonomy_id", "taxonomy__name", "parent_id")


def taxonomies(asked: Asked) -> Rows:
    search = (asked.get("search") or "").lower()
    ours = [canonical(each) for each in our_lists() if search in f"{each['name']} {each['description']}".lower()]
    found = used_taxonomies().filter(name__icontains=search) if search else used_taxonomies()
    return Rows(found, taxonomy_texts, ("id", "name"), ours=ours)


def taxonomy(taxonomy_id: UUID) -> str | None:
    ours = next((each for each in our_lists() if each["id"] == str(taxonomy_id)), None)
    if ours:
        return canonical(ours)
    found = used_taxonomies().filter(id=taxonomy_id).values_list("id", "name").first()
    return taxonomy_texts([found])[0] if found else None


def terms(asked: Asked) -> Rows:
    """Our own terms stand side by side; other people's lists may say which term is above another."""
    ours = [canonical(tidied(each)) for each in our_terms() if fits(each, asked)]
    rows = used_terms()
    if asked.get("search"):
        rows = rows.filter(Q(name__icontains=asked.get("search")) | Q(description__icontains=asked.get("search")))
    if asked.get("taxonomy_id"):
        rows = rows.filter(taxonomy_id=asked.get("taxonomy_id"))
    if asked.get("parent_id"):
        rows = rows.filter(parent_id=asked.get("parent_id"))
    if asked.get("top_only"):
        rows = rows.filter(parent__isnull=True)
    return Rows(rows, term_texts, OF_A_TERM, ours=ours)


def term(term_id: UUID) -> str | None:
    ours = next((each for each in our_terms() if each["id"] == str(term_id)), None)
    if ours:
        return canonical(tidied(ours))
    found = used_terms().filter(id=term_id).values_list(*OF_A_TERM).first()
    return term_texts([found])[0] if found else None


def fits(ours: dict[str, Any], asked: Asked) -> bool:
    search, of = (asked.get("search") or "").lower(), asked.get("taxonomy_id")
    said = f"{ours['name']} {ours['description']}".lower()
    return not asked.get("parent_id") and search in said and of in {None, UUID(ours["taxonomy_id"])}


def used_terms() -> QuerySet[TaxonomyTerm]:
    """Terms of services that may be published, and those above them: whoever reads of one there can look it up."""
    said = Exists(Attribute.objects.filter(term=OuterRef("pk"), service__in=shared_services()))
    return TaxonomyTerm.objects.filter(Q(said) | Q(id__in=above(TaxonomyTerm.objects.filter(said))))


def above(terms: QuerySet[TaxonomyTerm]) -> set[UUID]:
    """All that is above these terms, level by level up to the tops of their lists."""
    found: set[UUID] = set()
    while level := set(terms.exclude(parent=None).values_list("parent_id", flat=True)) - found:
        found |= level
        terms = TaxonomyTerm.objects.filter(id__in=level)
    return found


def used_taxonomies() -> QuerySet[Taxonomy]:
    said = Attribute.objects.filter(term__taxonomy=OuterRef("pk"), service__in=shared_services())
    return Taxonomy.objects.filter(Exists(said))


def taxonomy_texts(rows: Sequence[Any]) -> list[str]:
    return [canonical({"id": str(each), "name": name, "description": name}) for each, name in rows]


def term_texts(rows: Sequence[Any]) -> list[str]:
    made = (
        as_term(str(each), name, taxonomy=of, taxonomy_id=str(of_id), description=about, uri=uri, parent=parent)
        for each, name, about, uri, of_id, of, parent in rows
    )
    return [canonical(tidied(each)) for each in made]
