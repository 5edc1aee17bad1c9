"""What a sentence speaks of when the sentence model is asked too.

The written list hears what stands in it; the model says how near a sentence is to what the list says of each need. The nearest
need counts 0.7 of one that is said clearly, one a tenth less alike about a third of that. Chosen on the sentences that may
be looked at, and on 700 long sayings, each taken away and asked: the words that nobody listed are what the model is for.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import exp

from msgspec import structs

from . import lay
from .lay import Heard

ALIKE_FROM = 0.35  # below this the sentence has nothing to do with any need of ours
SHARPNESS = 0.1
MODELS_SHARE = 0.7  # of what is said clearly: where both speak, the written list has the last word
NEAREST_NEEDS = 3
CLAUSE = re.compile(r"[,.;:!?…\n]+|\b(?:but|just|only)\b", re.IGNORECASE)


def sayings() -> Mapping[str, Sequence[str]]:
    """What people say of each need, from the written list."""
    listed: Mapping[str, Sequence[str]] = lay.reviewed()["needs"]
    return listed


def hash_of(said: Sequence[str]) -> str:
    return sha256("\n".join(said).encode()).hexdigest()


def affirmed(text: str) -> str:
    """Without what was said only to be denied: a model of meaning cannot hear "not"."""
    if not lay.heard(text).denied:
        return text
    return ", ".join(part.strip() for part in CLAUSE.split(text) if part.strip() and not lay.heard(part).denied)


def together(heard: Heard, alike: Mapping[str, float]) -> Heard:
    """What the words say and what is near in meaning, as one; words alone where nothing is near."""
    nearest = dict(sorted(alike.items(), key=lambda item: -item[1])[:NEAREST_NEEDS])
    most = max(nearest.values(), default=0.0)
    if most < ALIKE_FROM:
        return heard
    clearly = min(1.0, heard.loudness / lay.CLEARLY)
    loud = {need: clearly * how for need, how in heard.needs.items()}
    for need, how in nearest.items():
        loud[need] = loud.get(need, 0.0) + MODELS_SHARE * exp((how - most) / SHARPNESS)
    return structs.replace(heard, needs=lay.clear(loud))
