"""The terms of other people's lists: kept as they are said, each below the one that its list has above it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from ..models import Service, Taxonomy, TaxonomyTerm
from ..rules.facts import TermFacts
from ..rules.trees import without_circles

Name = tuple[str, str]
Terms = dict[Name, TaxonomyTerm]
Said = tuple[UUID | None, TermFacts]


def terms_said(said: Iterable[Said]) -> Terms:
    """The feed's own terms, kept; a term that is new is added to its list. With each comes the source that says it."""
    wanted = {
        (each.taxonomy, each.code): (source, each) for source, each in reversed(list(said))
    }  # the first that says it
    if not wanted:
        return {}
    known = stored_terms(wanted)
    if missing := sorted(wanted.keys() - known.keys()):
        add_terms([wanted[each] for each in missing])
        known = stored_terms(wanted)
    if news := [known[name] for name, each in wanted.items() if tells_news(known[name], each)]:
        TaxonomyTerm.objects.bulk_update(news, ["told_as", "told_under"])
    if missing or news:
        grow(known)
    return known


def stored_terms(wanted: Iterable[Name]) -> Terms:
    names, codes = {name for name, _ in wanted}, {code for _, code in wanted}
    rows = TaxonomyTerm.objects.filter(taxonomy__name__in=names, code__in=codes).select_related("taxonomy")
    return {(each.taxonomy.name, each.code): each for each in rows if (each.taxonomy.name, each.code) in set(wanted)}


def add_terms(missing: Sequence[Said]) -> None:
    names = sorted({each.taxonomy for _, each in missing})
    Taxonomy.objects.bulk_create([Taxonomy(name=name) for name in names], ignore_conflicts=True)
    lists = {each.name: each for each in Taxonomy.objects.filter(name__in=names)}
    new = [new_term(lists[each.taxonomy], source, each) for source, each in missing]
    TaxonomyTerm.objects.bulk_create(new, ignore_conflicts=True)


def new_term(taxonomy: Taxonomy, source: UUID | None, said: TermFacts) -> TaxonomyTerm:
    return TaxonomyTerm(
        taxonomy=taxonomy,
        code=said.code,
        name=said.name,
        description=said.description,
        term_uri=said.term_uri,
        told_as=called(source, said.key),
        told_under=called(source, said.above),
    )


def called(source: UUID | None, key: str) -> str:
    """A source's own name for a term: two councils may give one number to two things."""
    return f"{source} {key}" if key else ""


def tells_news(term: TaxonomyTerm, said: Said) -> bool:
    """Whether a known term has another place in its list now. Whoever told it first says so; what leaves it out moves nothing."""
    source, facts = said
    told_as, told_under = called(source, facts.key), called(source, facts.above) or term.told_under
    if not told_as or term.told_as not in {"", told_as} or (term.told_as, term.told_under) == (told_as, told_under):
        return False
    term.told_as, term.told_under = told_as, told_under
    return True


def grow(known: Mapping[Name, TaxonomyTerm]) -> None:
    """Put each term below the one its list says, as soon as both are known."""
    rows = TaxonomyTerm.objects.exclude(told_under="").order_by("id")
    told = list(rows.values_list("id", "taxonomy_id", "told_under", "parent_id"))
    above = TaxonomyTerm.objects.filter(told_as__in={under for _, _, under, _ in told}).order_by("created_at", "id")
    by_name = {(of, name): each for each, of, name in above.values_list("id", "taxonomy_id", "told_as")}
    wanted = {each: by_name[of, under] for each, of, under, _ in told if (of, under) in by_name}
    parents = without_circles(wanted)
    before = {each: parent for each, _, _, parent in told}
    moved = [TaxonomyTerm(id=each, parent_id=parents.get(each)) for each in before if parents.get(each) != before[each]]
    TaxonomyTerm.objects.bulk_update(moved, ["parent"], batch_size=500)
    Service.objects.filter(attributes__term__in=moved).update(document_is_due=True)
    for term in known.values():
        term.parent_id = parents.get(term.id)
