"""Pages carry no script and no style of their own (the content security policy would refuse them), and link by name."""

import re

import pytest

from . import source

INLINE = {
    "a script with its own lines": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "text let through unescaped": re.compile(r"\|\s*safe\b"),
    "escaping switched off": re.compile(r"autoescape\s+false", re.IGNORECASE),
}
BREACHES = {
    "a script with its own lines": "<script>go()</script>",
    "a style element": "<style>p{}</style>",
    "a style attribute": '<p style="color: red">',
    "an event attribute": '<a href="/" onclick="go()">',
    "a script address": '<a href="javascript:go()">',
    "text let through unescaped": "{{ note | safe }}",
    "escaping switched off": "{% autoescape false %}",
}
OWN_ADDRESS = re.compile(r"""(?:href|action)\s*=\s*["']/(?!["'/])""")


def found(pattern):
    return [source.name_of(path) for path in source.templates() if pattern.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("what", INLINE)
def test_templates_have_no(what):
    assert found(INLINE[what]) == []


@pytest.mark.parametrize("what", INLINE)
def test_the_check_sees(what):
    assert INLINE[what].search(BREACHES[what])


def test_links_within_linkworks_are_made_by_name():
    """Only the start page is "/" everywhere: error pages point to it when nothing else works."""
    assert found(OWN_ADDRESS) == []


def test_a_template_lives_in_its_own_app():
    strays = []
    for path in source.templates():
        app, folder, *inside = path.relative_to(source.HOUSE).parts
        known = {app, "account", "mfa"} if app == "accounts" else {app}
        if folder != "jinja2" or (len(inside) > 1 and inside[0] not in known):
            strays.append(source.name_of(path))
    assert strays == []
