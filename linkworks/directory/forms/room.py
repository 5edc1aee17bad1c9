"""How many can come, as a group says it or as its steward knows it."""

from typing import Any

from linkworks.ui import fields


class RoomForm(fields.Form):
    """How many people from link workers can come, and how long the wait is: the group's own answer, or its steward's."""

    capacity_places = fields.IntegerField(
        label="How many people from link workers can come at one time?",
        hint="Do not count members who came another way. Leave empty if there is no limit, or it is not known",
        required=False,
        min_value=0,
        max_value=100_000,
        width=5,
    )
    wait_weeks = fields.IntegerField(
        label="How long do new people wait?", required=False, min_value=0, max_value=104, suffix="weeks", width=3
    )
    wait_words = fields.CharField(
        label="Anything to say about waiting",
        hint="For example, new people can start each term",
        required=False,
        max_length=200,
    )


class KeepForm(RoomForm):
    """The room as a steward knows it, and that the rest is right and may be shown."""

    seen = fields.HiddenField(required=False)
    still_right = fields.BooleanField(
        label="I have checked the rest of the listing, and it is still right", required=False
    )
    show = fields.BooleanField(label="Show this listing to the public", required=False)

    def __init__(self, *args: Any, is_held: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_held:
            del self.fields["show"]

    @property
    def answers(self) -> dict[str, Any]:
        """The room, apart from what is said along with it."""
        told = dict(self.cleaned_data)
        return {"room": {name: told.pop(name) for name in RoomForm.base_fields}, **told}
