"""What somebody says who found nothing that fits."""

from linkworks.core import vocabulary
from linkworks.ui import fields

from ..rules.nothing_fits import WHY
from ..rules.searches import LONGEST


class NothingFitsForm(fields.Form):
    """Why, and what was looked for. Nothing is asked about whoever says so."""

    reason = fields.ChoiceField(
        label="Why does nothing fit?", missing="Choose why nothing fits", choices=list(WHY.items())
    )
    need = fields.SelectField(
        label="What would help?", choices=vocabulary.choices("needs"), empty="Something else", required=False
    )
    postcode = fields.PostcodeField(label="Postcode", hint="We keep the borough only", required=False)
    words = fields.CharField(
        label="What would fit, in a few words?",
        hint="For example, a men’s choir in the evening. Do not write a name or a telephone number",
        required=False,
        max_length=LONGEST,
        autocomplete="off",
    )
