"""The words of changes that groups propose, and of what a listing said before."""

from typing import Any

from django.urls import reverse

from linkworks.ui import formats

from ..models import ListingVersion, ProposedEdit
from ..rules import proposing
from ..rules.editing import FACTS, Change, changes, read
from ..states import ProposedEditState
from .parts import part_changes

STANDS = {
    ProposedEditState.WAITING: {"text": "Waiting for a look", "colour": "yellow"},
    ProposedEditState.ACCEPTED: {"text": "Shown now", "colour": "green"},
    ProposedEditState.REFUSED: {"text": "Not changed", "colour": "grey"},
}


def edit_words(edit: ProposedEdit) -> dict[str, Any]:
    """One proposed change: which fact, both sides in full, and word by word."""
    was, becomes = (proposing.in_one_line(edit.field, each) for each in (edit.was, edit.becomes))
    return {
        "label": proposing.LABELS[edit.field],
        "was": was or "Nothing",
        "becomes": becomes or "Nothing",
        "pieces": proposing.difference(was, becomes),
        "from": f"Proposed by {edit.proposed_by_name}, {formats.date_time(edit.created_at)}",
        "href": reverse("directory:steward-proposal", args=[edit.id]),
        "tag": STANDS.get(ProposedEditState(edit.state)),
        "why_not": proposing.REFUSED_BECAUSE.get(edit.why_not, ""),
    }


def proposal_rows(edits: list[ProposedEdit]) -> list[list[Any]]:
    """What a group proposed and how it stands, for the group itself."""
    return [
        [said["label"], said["becomes"], {"tag": said["tag"], "note": said["why_not"]}]
        for said in map(edit_words, edits)
    ]


def version_items(versions: list[ListingVersion], *, is_private: bool) -> list[dict[str, Any]]:
    """Each version with what it changed of the one before it, the newest first."""
    older = [*versions[1:], None][: len(versions)]
    return [
        {
            "title": "The listing as it is now" if number == 0 else f"Version of {formats.date_time(each.created_at)}",
            "by": f"{each.by_name}, {formats.date_time(each.created_at)}",
            "changes": changes_since(before.facts, each.facts, is_private=is_private) if before else [],
            "restore": None if number == 0 else reverse("directory:steward-restore", args=[each.id]),
        }
        for number, (each, before) in enumerate(zip(versions, older, strict=True))
    ]


def changes_since(before: dict[str, Any], after: dict[str, Any], *, is_private: bool) -> list[dict[str, Any]]:
    """What is said otherwise, in words."""
    both = [name for name in FACTS if name in before and name in after]  # what was not yet asked then, nobody changed
    was, now = (read({name: each[name] for name in both}) for each in (before, after))
    words = changes(was, now, both)
    return [*map(change_words, words), *part_changes(before, after, is_private=is_private)]


def change_words(change: Change) -> dict[str, Any]:
    return {"label": FACTS[change.field], "pieces": proposing.difference(change.was, change.became)}


def restore_changes(now_says: dict[str, Any], then: dict[str, Any]) -> list[dict[str, Any]]:
    """What bringing this back would change."""
    return changes_since(now_says, then, is_private=False)
