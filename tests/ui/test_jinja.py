"""The environment pages are written in: addresses, filters, components, and nothing the browser would refuse."""

import re
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
from django.template import engines
from django.test import override_settings
from django.test.utils import override_script_prefix
from django.urls import path as at
from markupsafe import Markup

from linkworks.ui import jinja
from tests.ui.pages import show

TEMPLATES = Path(jinja.__file__).parent / "jinja2"


def test_addresses_are_made_from_names_with_query_and_fragment() -> None:
    assert jinja.url("healthz") == "/healthz"
    assert jinja.url("healthz", query={"q": "a b", "need": ["x", "y"], "none": None, "empty": ""}, fragment="top") == (
        "/healthz?q=a+b&need=x&need=y#top"
    )


def test_pages_can_use_addresses_static_files_filters_and_components() -> None:
    shown = show(
        "{{ url('healthz') }} {{ static('ui/linkworks.css') }} {{ 2 | plural('visit') }} {{ ui.tag('New', 'blue') }}"
    )
    assert shown.text == "/healthz /static/ui/linkworks.css 2 visits New"


def test_text_is_escaped_and_markup_is_not() -> None:
    assert "&lt;b&gt;" in show("{{ text }}", text="<b>").html
    assert "<b>" in show("{{ text }}", text=Markup("<b>")).html


def test_a_component_that_does_not_exist_is_an_error_not_a_blank() -> None:
    with pytest.raises(Exception, match="nonsense"):
        show("{{ ui.nonsense('x') }}")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.jinja")), ids=lambda path: path.stem)
def test_every_template_compiles_is_short_and_holds_no_inline_script_or_style(path: Path) -> None:
    source = path.read_text()
    engines["jinja2"].env.parse(source)
    assert source.count("\n") <= 120
    assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "| safe" not in source
    assert "|safe" not in source


def test_an_address_is_that_of_the_site_that_is_asked() -> None:
    """What was worked out for one site, or one place of it, is not told to another."""
    other = ModuleType("other")
    other.urlpatterns = [at("elsewhere", lambda request: None, name="healthz")]  # type: ignore[attr-defined]
    for _ in range(2):
        assert jinja.url("healthz") == "/healthz"
        with override_script_prefix("/support/"):
            assert jinja.url("healthz") == "/support/healthz"
            assert jinja.url("directory:saved", query={"q": "tea"}) == "/support/find/saved?q=tea"
        with override_settings(ROOT_URLCONF=other):
            assert jinja.url("healthz") == "/elsewhere"


@pytest.mark.parametrize("number", range(3))
def test_each_thing_has_an_address_of_its_own(number: int) -> None:
    some = [UUID(int=each + 1000 * number) for each in range(1000)]
    assert [jinja.url("directory:service", each) for each in some] == [f"/services/{each}" for each in some]
    assert [jinja.url("directory:service", service_id=each) for each in some] == [f"/services/{each}" for each in some]
