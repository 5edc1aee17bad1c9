"""Long lists in pages, keeping whatever else the address says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import get_template
from django.utils.http import urlencode
from markupsafe import Markup

from .once import HERE, put_in


@dataclass(frozen=True)
class Page:
    """The rows of one page and how to reach the others."""

    items: Sequence[Any]
    total: int
    number: int
    pages: int
    per_page: int
    query: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def many(self) -> bool:
        return self.pages > 1

    @property
    def keep(self) -> list[tuple[str, str]]:
        """What else the address says, as pairs, for forms that must not lose it."""
        asked = QueryDict(self.query)
        return [(name, value) for name, values in asked.lists() for value in values]

    def href(self, number: int) -> str:
        return f"?{self.query}&page={number}" if self.query else f"?page={number}"

    @property
    def without_search(self) -> str:
        """The same list, with its view and filters, and no words searched for."""
        address = QueryDict(self.query, mutable=True)
        address.pop("q", None)
        return f"?{address.urlencode()}"

    @property
    def bar(self) -> Markup:
        """The way to the other pages."""
        return put_in(bar(self.number, self.pages, HERE if self.query else ""), self.query)

    @property
    def links(self) -> dict[str, Any]:
        """What the NHS.UK pagination component asks for."""
        shown: dict[str, Any] = {"items": [self._link(number) for number in self._numbers()]}
        if self.number > 1:
            shown["previous"] = {"href": self.href(self.number - 1)}
        if self.number < self.pages:
            shown["next"] = {"href": self.href(self.number + 1)}
        return shown

    def _link(self, number: int | None) -> dict[str, Any]:
        if number is None:
            return {"ellipsis": True}
        return {"number": number, "href": self.href(number), "current": number == self.number}

    def _numbers(self) -> list[int | None]:
        """First, last and those around this one; None stands for a gap."""
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        kept = sorted(number for number in near if 1 <= number <= self.pages)
        shown: list[int | None] = []
        for number in kept:
            if shown and shown[-1] is not None and number - shown[-1] == 2:
                shown.append(number - 1)
            elif shown and shown[-1] is not None and number - shown[-1] > 2:
                shown.append(None)
            shown.append(number)
        return shown


def views(
    name: str, chosen: str, labels: Mapping[str, str], counts: Mapping[str, int] | None = None, **kept: str
) -> list[dict[str, Any]]:
    """The views of a list as links, each with its count where it is known; what else the address says is kept."""
    said = {value: {key: each for key, each in {name: value, **kept}.items() if each} for value in labels}
    return [
        {
            "label": label,
            "href": f"?{urlencode(said[value])}",
            "current": value == chosen,
            "count": (counts or {}).get(value),
        }
        for value, label in labels.items()
    ]


@lru_cache(maxsize=1024)
def bar(number: int, pages: int, query: str) -> Markup:
    """The NHS.UK component on one page of so many."""
    page = Page(items=(), total=pages, number=number, pages=pages, per_page=1, query=query)
    return Markup(get_template("ui/pagination.jinja").render({"links": page.links}))  # noqa: S704  escaped by the template


def paginate(asked: QueryDict, rows: Any, per_page: int = 25, *, present: Callable[[Any], Any] | None = None) -> Page:
    """The page of `rows` that the address asks for; a page that is not there gives the nearest one."""
    found = Paginator(rows, per_page, allow_empty_first_page=True).get_page(asked.get("page"))
    others = asked.copy()
    others.pop("page", None)
    items = [present(row) for row in found.object_list] if present else list(found.object_list)
    return Page(
        items=items,
        total=found.paginator.count,
        number=found.number,
        pages=found.paginator.num_pages,
        per_page=per_page,
        query=others.urlencode(),
    )
