"""Sources of listings: taking one on, changing it, and saying what its terms mean here."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from linkworks.clients import feeds as client
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict, Invalid

from ..access import check_may_edit
from ..models import Service, Source, TermMeaning
from ..rules.terms import tidy
from ..states import Schedule, SourceKind

EVERY = {Schedule.DAILY: timedelta(hours=23), Schedule.WEEKLY: timedelta(days=7, hours=-1)}


@transaction.atomic
def add_source(*, facts: Mapping[str, Any], by: Actor) -> Source:
    """Take on a source of listings."""
    check_may_edit(by)
    return saved(Source(), facts)


@transaction.atomic
def change_source(source: Source, *, facts: Mapping[str, Any], by: Actor) -> Source:
    """Change what is known of a source, and how often it is read."""
    check_may_edit(by)
    source = Source.objects.select_for_update().get(id=source.id)
    if source.licence != facts.get("licence", "") or source.name != facts.get("name"):
        Service.objects.filter(source=source).update(document_is_due=True)
    return saved(source, facts)


def saved(source: Source, facts: Mapping[str, Any]) -> Source:
    name, address = facts["name"].strip(), facts["address"].strip()
    if Source.objects.filter(name__iexact=name).exclude(id=source.id).exists():
        raise Invalid("There is a source of this name already", field="name")
    if address != source.address:
        check_address(address)
    dates = facts.get("dates_address", "").strip()
    check_address(dates, field="dates_address")
    if facts.get("kind") == SourceKind.ACTIVITIES and not client.is_web_address(address):
        raise Invalid("Enter the web address of the feed: activity sessions are not read from files", field="address")
    if facts["schedule"] != Schedule.OFF and not client.is_web_address(address):
        raise Invalid("Only a source with a web address can be read by itself", field="schedule")
    for field, value in {**facts, "name": name, "address": address, "dates_address": dates}.items():
        setattr(source, field, value)
    source.save()
    return source


def check_address(address: str, *, field: str = "address") -> None:
    """Only the web: a page may not be used to read files of this machine."""
    if not address:
        return
    if not client.is_web_address(address):
        raise Invalid("Enter a web address that begins with https://", field=field)
    try:
        client.check_address(address)
    except Invalid as error:
        raise Invalid(error.message, field=field) from error


@transaction.atomic
def confirm_licence(source: Source, *, said: str, by: Actor) -> None:
    """Take what the feed says is its licence for its licence, now that somebody has looked at it."""
    check_may_edit(by)
    source = Source.objects.select_for_update().get(id=source.id)
    if not said or said != source.licence_said:
        raise Conflict("The feed says another licence by now. Look again before you confirm it.")
    source.licence = said
    source.save(update_fields=["licence"])
    Service.objects.filter(source=source).update(document_is_due=True)


@transaction.atomic
def say_meaning(source: Source, *, term: str, kinds: Sequence[str], needs: Sequence[str], by: Actor) -> None:
    """Say what a term of this source means in our words. Its listings are read anew the next time."""
    check_may_edit(by)
    said = {"kinds": list(kinds), "needs": list(needs)}
    TermMeaning.objects.update_or_create(source=source, term=tidy(term)[:255], defaults=said)
    read_anew(source)


@transaction.atomic
def forget_meaning(source: Source, *, term: str, by: Actor) -> None:
    """Take a term as Linkworks takes it by itself again."""
    check_may_edit(by)
    TermMeaning.objects.filter(source=source, term=tidy(term)[:255]).delete()
    read_anew(source)


def read_anew(source: Source) -> None:
    Service.objects.filter(source=source).update(source_list_mark="")


def due_sources() -> list[Source]:
    """Sources whose day or week is over since they were last asked for."""
    due = Q()
    for schedule, every in EVERY.items():
        due |= Q(schedule=schedule) & (Q(asked__isnull=True) | Q(asked__lte=now() - every))
    return list(Source.objects.annotate(asked=Max("runs__created_at")).filter(due).order_by("priority", "name"))
