"""When and where it is and what it costs: one time, one place, one price on a page."""

from typing import Any

from ...queries import One
from .one import OneForm, RemoveForm
from .places import OwnPlaceForm, PlaceForm
from .prices import CostForm
from .times import TimeForm

__all__ = ["OneForm", "RemoveForm", "form_of", "own_form_of"]

FORMS: dict[str, type[OneForm]] = {"sessions": TimeForm, "places": PlaceForm, "costs": CostForm}


def form_of(one: One, data: Any) -> OneForm:
    """The form that asks of a time, a place or a price."""
    return FORMS[one.part](data, one)


def own_form_of(one: One, data: Any) -> OneForm:
    """The same for the group itself."""
    return OwnPlaceForm(data, one) if one.part == "places" else form_of(one, data)
