"""Colleagues and invitations, for an organisation's administrators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.ui import paging
from linkworks.ui.views import form_page, found

from .. import actions, forms, presenters, queries
from ..access import can_manage_accounts
from ..roles import CARRY_CASES, in_a_sentence, title_of
from .confirming import confirmed


@allow(can_manage_accounts)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    actor, search = actor_of(request), request.GET.get("q", "").strip()
    team, invited = queries.members(actor, search), queries.invitations(actor, search)
    shows_invited = request.GET.get("view") == "invitations"
    page: Any = (
        paging.paginate(request.GET, invited, present=presenters.invitation_row)
        if shows_invited
        else paging.paginate(request.GET, team, present=presenters.member_row)
    )
    counts = presenters.team_views(
        team.count() if shows_invited else page.total,
        page.total if shows_invited else invited.count(),
        shows_invited=shows_invited,
    )
    context = {"page": page, "search": search, "views": counts, "shows_invited": shows_invited}
    return render(request, "accounts/members.jinja", context)


@allow(can_manage_accounts)
@require_http_methods(["GET", "POST"])
@confirmed
def invite(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    schemes = schemes_of(actor)
    form = forms.InviteForm(request.POST or None, roles=roles_of(actor), schemes=schemes)
    if request.method == "POST" and form.is_valid():
        facts = {"name": form.cleaned_data["name"], "email": form.cleaned_data["email"], **forms.chosen(form, schemes)}
        try:
            actions.invite(actor.organisation_id, **facts, weekly_hours=forms.hours(form), by=actor)  # type: ignore[arg-type]
        except (Conflict, Invalid) as error:
            form.add_error(getattr(error, "field", None) or "email", error.message)
        else:
            messages.success(request, f"We are sending {facts['email']} an invitation. It works for 7 days.")
            return redirect("accounts:members")
    return form_page(request, "accounts/invite.jinja", {"form": form})


@allow(can_manage_accounts)
@require_http_methods(["GET", "POST"])
@confirmed
def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague: what they are, and giving them another role."""
    actor, found = actor_of(request), member_or_404(request, membership_id)
    schemes = schemes_of(actor)
    initial = {"role": found.role, "scheme": str(found.scheme_id or ""), "weekly_hours": f"{found.weekly_hours:g}"}
    form = forms.RoleForm(request.POST or None, roles=roles_of(actor), schemes=schemes, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_role(
                found.id, **forms.chosen(form, schemes), weekly_hours=forms.hours(form), by=actor
            )
        except (Conflict, Invalid, NotAllowed) as error:
            form.add_error("role", error.message)
        else:
            messages.success(request, f"{found.user.name} is now {in_a_sentence(changed.role)}.")
            return redirect("accounts:members")
    said = {"role": title_of(found.role), "carries_cases": found.role in CARRY_CASES}
    context = {"form": form, "member": found, "is_self": found.user_id == actor.user_id, **said}
    return form_page(request, "accounts/member.jinja", context)


@allow(can_manage_accounts)
@require_http_methods(["GET", "POST"])
@confirmed
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    found = member_or_404(request, membership_id)
    if request.method == "POST":
        actions.end_membership(found.id, by=actor_of(request))
        messages.success(request, f"{found.user.name} no longer has this role.")
        return redirect("accounts:members")
    return render(request, "accounts/end.jinja", {"member": found, "role": in_a_sentence(found.role)})


@allow(can_manage_accounts)
@require_http_methods(["GET", "POST"])
@confirmed
def start_again(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague lost their phone or their passkey."""
    found = member_or_404(request, membership_id)
    if request.method == "POST":
        actions.start_again(found.id, by=actor_of(request))
        messages.success(
            request, f"We are sending {found.user.email} a link to choose a new password. It works for an hour."
        )
        return redirect("accounts:member", found.id)
    return render(request, "accounts/start_again.jinja", {"member": found})


@allow(can_manage_accounts)
@require_POST
def invitations_resend(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    found = invitation_or_404(request, invitation_id)
    actions.resend(found.id, by=actor_of(request))
    messages.success(request, f"We are sending {found.email} the invitation again. It works for 7 days from now.")
    return redirect(presenters.invitations_href())


@allow(can_manage_accounts)
@require_http_methods(["GET", "POST"])
def invitations_revoke(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    found = invitation_or_404(request, invitation_id)
    if request.method == "POST":
        actions.revoke(found.id, by=actor_of(request))
        messages.success(request, f"The invitation to {found.email} no longer works.")
        return redirect(presenters.invitations_href())
    return render(request, "accounts/revoke.jinja", {"invitation": found, "role": in_a_sentence(found.role)})


def schemes_of(actor: Actor) -> list[tuple[str, str]]:
    found = queries.schemes_to_give(actor.organisation_id) if actor.organisation_id else []
    return [(str(each.id), each.name) for each in found]


def roles_of(actor: Actor) -> list[Any]:
    return queries.roles_to_give(actor.organisation_id) if actor.organisation_id else []


def member_or_404(request: HttpRequest, membership_id: UUID) -> Any:
    return found(queries.member(actor_of(request), membership_id))


def invitation_or_404(request: HttpRequest, invitation_id: UUID) -> Any:
    return found(queries.invitation(actor_of(request), invitation_id))
