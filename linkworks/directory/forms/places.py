"""Which places somebody looks for."""

from linkworks.core import vocabulary
from linkworks.organisations.rules.places import boroughs
from linkworks.ui import fields

from ..rules import place_kinds
from ..rules.places import KM_IN_A_MILE
from .finding import USUAL_DISTANCE, within

DISTANCES = within("1", "3", "5", "10")
ANY_HEALTH = (place_kinds.HEALTH, "Any health setting: GP surgery, health centre, hospital or pharmacy")


class PlacesForm(fields.Form):
    """Nothing has to be answered, and it stays in the address."""

    q = fields.CharField(label="Name or street of the place", required=False, mark_optional=False, max_length=100)
    postcode = fields.PostcodeField(label="Postcode", required=False, mark_optional=False)
    distance = fields.SelectField(label="How far?", choices=DISTANCES, required=False, mark_optional=False, empty="")
    kind = fields.SelectField(
        label="Kind of place",
        choices=[*vocabulary.choices("place_kinds"), ANY_HEALTH],
        empty="Any kind",
        required=False,
        mark_optional=False,
    )
    borough = fields.SelectField(
        label="Borough",
        choices=[(code, each.name) for code, each in boroughs().items()],
        empty="All of London",
        required=False,
        mark_optional=False,
    )

    @property
    def within_km(self) -> float:
        return float(self.cleaned_data.get("distance") or USUAL_DISTANCE) * KM_IN_A_MILE
