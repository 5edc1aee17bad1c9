"""Every page says who may open it, in the only way there is."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from linkworks.core import access

Found = tuple[str, URLPattern]


def pages(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Found]:
    """Every address there is, with its pattern."""
    resolver = resolver or get_resolver()
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from pages(each, route)
        else:
            yield route, each


def silent(found: Iterator[Found]) -> list[str]:
    return [f"{route} ({each.name})" for route, each in found if not hasattr(each.callback, "access")]


def test_every_address_declares_its_access():
    assert silent(pages()) == []


def test_every_address_has_a_name():
    assert [route for route, each in pages() if not each.name] == []


def test_no_two_addresses_share_a_name():
    names = [(each.callback.__module__.split(".")[1], each.name) for _, each in pages()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_page_that_forgot_is_named():
    def forgot(request):
        return HttpResponse()

    assert silent(iter([("secret", path("secret", forgot, name="secret"))])) == ["secret (secret)"]


@pytest.mark.parametrize("mark", [access.public, access.allow(access.signed_in), access.by_link(lambda token: None)])
def test_each_way_to_declare_access_counts(mark):
    marked = mark(lambda request, *_: HttpResponse())
    assert silent(iter([("page", path("page", marked, name="page"))])) == []
