"""How a scheme is set up, and where there is none."""

from typing import Any

from django.db import transaction

from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from ..access import require_settings
from ..models import RecordedGap, Scheme, SchemeSettingsVersion
from ..queries.schemes import settings_in
from ..rules import places, told
from ..rules.settings import as_document, settings_from
from .registering import require_set_up


@transaction.atomic
def change_settings(
    scheme: Scheme, *, document: Any, by: Actor, reason: str, seen_version: int | None = None
) -> Scheme:
    """Change how a scheme works. The document as it was stays in the history, with who changed it and why.

    With `seen_version`, a change made on top of somebody else's newer one is refused instead of undoing theirs.
    """
    require_settings(by, scheme.id)
    if not reason.strip():
        raise Invalid("Say why you are changing the settings", field="reason")
    settings = as_document(settings_from(document))
    held = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if seen_version is not None and seen_version != held.settings_version:
        raise Conflict(
            "Somebody else changed the settings while you were editing. Look at theirs, then make your change again."
        )
    keep_first(held)
    note_changed(held, told.differing(as_document(settings_in(held)), settings))
    held.settings, held.settings_version = settings, held.settings_version + 1
    held.save(update_fields=["settings", "settings_version", "facts_changed"])
    keep(held, by=by, reason=reason)
    return held


def note_changed(held: Scheme, names: list[str]) -> None:
    """Each public fact says since when it is so. The scheme is saved by whoever changes it."""
    held.facts_changed = told.dated(held.facts_changed, names, clock.today())


@transaction.atomic
def change_public_facts(scheme: Scheme, *, by: Actor, **facts: str) -> Scheme:
    """Change what anybody reads of a scheme: how to reach it, when, and who it is for. What it said stays in the history."""
    if by.purpose != "job":  # whoever runs the installation may, too
        require_settings(by, scheme.id)
    held = Scheme.objects.select_for_update().get(pk=scheme.pk)
    new = {name: facts[name].strip() for name in told.PUBLIC if name in facts}
    changed = {name: value for name, value in new.items() if getattr(held, name) != value}
    if not changed:
        return held
    if not (changed.get("phone", held.phone) or changed.get("email", held.email)):
        raise Invalid("Give a telephone number or an email address: people must be able to reach you.", field="phone")
    reason = "; ".join(
        f"{told.PUBLIC[name]}: {getattr(held, name) or 'empty'} → {changed[name] or 'empty'}" for name in changed
    )
    keep_first(held)
    for name, value in changed.items():
        setattr(held, name, value)
    note_changed(held, list(changed))
    held.settings_version += 1
    held.save(update_fields=[*changed, "settings_version", "facts_changed"])
    keep(held, by=by, reason=reason)
    return held


def keep_first(scheme: Scheme) -> None:
    """The settings a scheme started with are part of its history too."""
    if not scheme.settings_versions.filter(version=scheme.settings_version).exists():
        facts = {
            "settings": scheme.settings,
            "made_by": "start",
            "made_by_name": "Linkworks",
            "reason": "The settings at the start",
        }
        SchemeSettingsVersion.objects.create(scheme=scheme, version=scheme.settings_version, **facts)


def keep(scheme: Scheme, *, by: Actor, reason: str) -> None:
    facts = {"settings": scheme.settings, "made_by": by.id, "made_by_name": by.name, "reason": reason.strip()}
    SchemeSettingsVersion.objects.create(scheme=scheme, version=scheme.settings_version, **facts)


@transaction.atomic
def record_gap(borough_code: str, *, reason: str, nearest: Scheme | None = None, by: Actor) -> RecordedGap:
    """Say openly that a borough has no scheme (or none for everybody), why, and who is the nearest alternative."""
    require_set_up(by)
    if borough_code not in places.boroughs():
        raise Invalid("Gaps are recorded for London boroughs only.", field="borough_code")
    facts = {"reason": reason, "nearest": nearest, "recorded_on": clock.today()}
    gap, _ = RecordedGap.objects.update_or_create(borough_code=borough_code, defaults=facts)
    return gap


@transaction.atomic
def end_gap(borough_code: str, *, by: Actor) -> bool:
    """A scheme has come: the borough has no recorded gap any more. Gives whether there was one."""
    require_set_up(by)
    return bool(RecordedGap.objects.filter(borough_code=borough_code).delete()[0])
