"""The list of services that somebody keeps for themselves, as short text for their own browser: ids in order, and nothing else."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

MOST = 30
SHARED_DAYS = 30
ID_LENGTH = 22


@dataclass(frozen=True)
class SavedList:
    """What is kept, the newest last; and by which link it is shared, if it is."""

    ids: tuple[UUID, ...] = ()
    shared: UUID | None = None

    @property
    def is_full(self) -> bool:
        return len(self.ids) >= MOST

    def adding(self, some: Iterable[UUID]) -> "SavedList":
        """Each once, as often as it is pressed; what is beyond the most is left out."""
        return replace(self, ids=tuple(dict.fromkeys((*self.ids, *some)))[:MOST])

    def without(self, id: UUID) -> "SavedList":
        return replace(self, ids=tuple(each for each in self.ids if each != id))

    def written(self) -> str:
        return ".".join(short(each) for each in (self.shared or UUID(int=0), *self.ids))


def read(text: str) -> SavedList:
    """What was written; of what nobody wrote so, nothing."""
    if not text:
        return SavedList()
    try:
        shared, *ids = (long(each) for each in text.split("."))
    except ValueError:
        return SavedList()
    return SavedList(tuple(dict.fromkeys(ids))[:MOST], shared if shared.int else None)


def short(id: UUID) -> str:
    return urlsafe_b64encode(id.bytes).decode().rstrip("=")


def long(text: str) -> UUID:
    if len(text) != ID_LENGTH:
        raise ValueError(text)
    return UUID(bytes=urlsafe_b64decode(f"{text}=="))
