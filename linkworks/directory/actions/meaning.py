"""Keeping what each listing means, as numbers, in step with its words."""

from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q

from linkworks.core import meaning, vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import now

from ..access import check_may_edit
from ..models import ListingMeaning, NeedMeaning, Service
from ..rules import hearing

AT_ONCE = 400
NEEDS_AT_ONCE = 8


@transaction.atomic
def learn_meanings(*, by: Actor) -> int:
    """Write the vectors of listings that are new or say something else now. Without the model there is nothing to write."""
    check_may_edit(by)
    model = meaning.encoder()
    if model is None:
        return 0
    known = Q(meaning__document_hash=F("document_hash"), meaning__model=meaning.MODEL)
    rows = list(Service.objects.exclude(known).select_related("meaning").order_by("id")[:AT_ONCE])
    for service in rows:
        learn(service, model)
    return len(rows)


def learn(service: Service, model: meaning.Encoder) -> None:
    """Its vector; the old one where only times or places changed."""
    text = text_of(service)
    text_hash = sha256(text.encode()).hexdigest()
    old = getattr(service, "meaning", None)
    same = old is not None and (old.text_hash, old.model) == (text_hash, meaning.MODEL)
    facts = {"document_hash": service.document_hash, "text_hash": text_hash, "model": meaning.MODEL, "made_at": now()}
    if not same:
        facts["vector"] = model.vectors([text])[0].tobytes()
    ListingMeaning.objects.update_or_create(service=service, defaults=facts)


def text_of(service: Service) -> str:
    """What it helps with, in our words, then its own."""
    needs = [vocabulary.NEEDS[need] for need in service.needs if need in vocabulary.NEEDS]
    helps = "; ".join(need.description for need in needs)
    return f"{helps}. {service.name}. {service.description} {service.what_happens} {service.who_comes}".strip()


@transaction.atomic
def learn_needs(*, by: Actor) -> int:
    """Write the vectors of what people say of each need where the written list says something else now."""
    check_may_edit(by)
    model = meaning.encoder()
    if model is None:
        return 0
    known = dict(NeedMeaning.objects.filter(model=meaning.MODEL).values_list("need", "sayings_hash"))
    new = [need for need, said in hearing.sayings().items() if known.get(need) != hearing.hash_of(said)]
    for need in new[:NEEDS_AT_ONCE]:
        said = hearing.sayings()[need]
        facts = {"sayings_hash": hearing.hash_of(said), "model": meaning.MODEL, "made_at": now()}
        facts["vectors"] = model.vectors(said).tobytes()
        NeedMeaning.objects.update_or_create(need=need, defaults=facts)
    return len(new[:NEEDS_AT_ONCE])
