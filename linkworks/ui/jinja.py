"""The Jinja environment every page is written in."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.http import urlencode
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from . import formats
from .fields import Form

# Components that look the same each time for the same words: they are made once.
MADE_ONCE = {"brand", "button", "help_now", "quick_exit"}


class Components:
    """`ui.tag(…)` in a template calls the macro `tag` in ui/components/tag.jinja."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        macro = getattr(self._environment.get_template(f"ui/components/{name}.jinja").module, name)
        if name in MADE_ONCE:
            macro = lru_cache(maxsize=256, typed=True)(macro)  # typed, since text and markup of the same letters differ
        if not self._environment.auto_reload:
            setattr(self, name, macro)  # so that this is not asked again
        return macro


def environment(**options: Any) -> Environment:
    """Django calls this with its loader; NHS.UK's templates join it (they need ChainableUndefined)."""
    ours = options.pop("loader")
    options.update(
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=ChoiceLoader([ours, PackageLoader("nhsuk_frontend_jinja", "templates")]),
    )
    env = Environment(**options)  # noqa: S701  Django sets autoescape in options
    env.globals.update(url=url, static=static_address, now=timezone.now, ui=Components(env), render_form=render_form)
    env.filters.update(
        long_date=formats.long_date,
        short_date=formats.short_date,
        date_time=formats.date_time,
        time=formats.clock,
        days_from_now=formats.days_from_now,
        phone=formats.phone,
        plural=formats.plural,
        distance=formats.distance,
        listed=formats.listed,
        nl2p=formats.nl2p,
        unbroken=formats.unbroken,
    )
    return env


def url(name: str, *args: Any, query: dict[str, Any] | None = None, fragment: str = "", **kwargs: Any) -> str:
    """The address of a named page, with an optional query and fragment."""
    address = address_of(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, args, tuple(kwargs.items()))
    asked = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    address += f"?{urlencode(asked, doseq=True)}" if asked else ""
    return f"{address}#{fragment}" if fragment else address


def static_address(path: str) -> str:
    return static_address_of(settings.STATIC_URL, settings.STORAGES["staticfiles"]["BACKEND"], path)


@lru_cache(maxsize=256)
def static_address_of(base: str, storage: str, path: str) -> str:
    """The address of a file of ours; it changes only with the storage, which is read once when a process begins."""
    return static(path)


@lru_cache(maxsize=2048)
def address_of(urls: str, prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    """Finding the address of a name takes longer than all else on a line, and it is the same each time."""
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


def render_form(form: Form) -> Markup:
    return form.render_fields()
