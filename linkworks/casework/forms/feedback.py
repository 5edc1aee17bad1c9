"""How the group was, in the person's own words."""

from linkworks.connections.rules import LONGEST_FEEDBACK, Feedback
from linkworks.ui import fields

EXPECTED = [("yes", "Yes"), ("partly", "Partly"), ("no", "No")]
RECOMMENDS = [("yes", "Yes"), ("not-sure", "Not sure"), ("no", "No")]


class FeedbackForm(fields.Form):
    """Four short questions; any may be left out."""

    as_expected = fields.ChoiceField(
        label="Was it what you expected?", choices=EXPECTED, inline=True, small=True, required=False
    )
    recommends = fields.ChoiceField(
        label="Would you go again, or tell a friend to?", choices=RECOMMENDS, inline=True, small=True, required=False
    )
    text = fields.TextAreaField(
        label="What should other people know about it?",
        hint="In their own words. No names, and nothing that shows who they are.",
        max_length=LONGEST_FEEDBACK,
        required=False,
        rows=3,
    )
    may_share = fields.BooleanField(
        label="They agree that the group may read these words, without their name",
        hint="In a small group people may still guess who said it. Say so.",
        required=False,
    )

    def facts(self) -> Feedback:
        return Feedback(**self.cleaned_data)
