"""A photograph, and what it shows."""

from typing import Any

from linkworks.ui import fields

from ..rules import photos


class PhotoForm(fields.Form):
    """One photograph, words for whoever cannot see it, and that nobody is shown who did not agree."""

    photo = fields.FileField(
        label="Photo",
        hint="A JPEG, PNG or WebP file, 10 MB at most",
        missing="Choose a photo",
        accept="image/jpeg,image/png,image/webp",
        most_bytes=photos.MOST_BYTES,
    )
    shows = fields.CharField(
        label="What does it show?",
        hint="For people who cannot see it. For example, “The blue door beside the chemist, with a ramp”",
        missing="Enter what the photo shows",
        max_length=200,
    )
    agreed = fields.BooleanField(
        label="Nobody can be recognised in it, or everybody who can has agreed to be shown",
        missing="Tick the box if everybody who can be recognised has agreed. If not, choose another photo",
    )

    @property
    def answers(self) -> dict[str, Any]:
        return {"file": self.cleaned_data["photo"].read(), "shows": self.cleaned_data["shows"]}


class RemovePhotoForm(fields.Form):
    """Take this one away."""
