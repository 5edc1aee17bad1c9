"""One member of staff for each role, standing on each side: those the rows belong to, and those they do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.test import Client

from linkworks.accounts.models import Membership, User
from linkworks.accounts.roles import ROLES, Role
from linkworks.casework.models import Contact
from linkworks.core import tenancy
from linkworks.messaging.models import Message
from linkworks.organisations.models import Organisation, Scheme
from tests.cast import Cast, member

from . import pages, rows
from .rows import Filling, Row


@dataclass(frozen=True)
class Side:
    """Where a role's holder works: in a scheme, or at the organisation that refers, provides or administers."""

    scheme: Scheme
    host: Organisation
    organisation: Organisation

    def join(self, role: Role, name: str) -> User:
        if ROLES[role].needs_scheme:
            return member(name, role, self.host, self.scheme)
        return member(name, role, self.organisation)


def sides(cast: Cast) -> dict[str, Side]:
    return {
        "own": Side(cast.scheme, cast.host, cast.provider),
        "other": Side(cast.other_scheme, cast.other_host, cast.other_provider),
    }


def also_pointed_at(made: dict[type[Row], Row], filling: Filling) -> dict[type[Row], Row]:
    """The rows of `here`, with those that pages about no person point to."""
    found = dict(made)
    found[Membership] = Membership.objects.get(user__name="Maggie Flynn")
    for label in (
        "accounts.Invitation",
        "directory.ImportRun",
        "directory.ListingReport",
        "directory.HeldFact",
        "directory.TaxonomyTerm",
        "directory.Source",
        "directory.ProposedEdit",
        "directory.Claim",
        "directory.ListingVersion",
        "directory.DuplicatePair",
    ):
        found[apps.get_model(label)] = filling.one(apps.get_model(label))
    return found


def hand_to(user: User, made: dict[type[Row], Row]) -> None:
    """Make the rows this person's own: their cases, their tasks, their messages."""
    for model, row in made.items():
        named = [
            field.name for field in rows.foreign_keys(model) if field.related_model is User and field.name != "cover"
        ]
        if model in rows.walled() and not model.wall.append_only and named:
            model._base_manager.filter(pk=row.pk).update(**dict.fromkeys(named, user.pk))
    Message._base_manager.filter(pk=made[Message].pk).update(written_by=f"staff:{user.pk}")
    Contact._base_manager.filter(pk=made[Contact].pk).update(made_by=f"staff:{user.pk}")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, page: pages.Page, made: dict[type[Row], Row], method: str) -> int:
    """The answer of a page about these rows; a page that falls over answers 500. Nothing of it stays, a sign-out included."""
    kept = client.cookies.copy()
    with undone():
        answer = getattr(client, method)(pages.addresses(page, made)[0]).status_code
    client.cookies = kept
    return answer


def browser(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def arrange(cast: Cast, user: User, made: dict[type[Row], Row]) -> None:
    with tenancy.context(cast.everything):
        hand_to(user, made)
