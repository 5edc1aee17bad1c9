"""The page behind an invitation's link."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, public
from linkworks.ui.views import form_page, sent, typed

from .. import actions, forms, queries
from ..queries import InvitationFacts

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: as oneself when signed in, after signing in with an account, else by beginning one."""
    invitation = queries.invitation_behind(token)
    if invitation is None or not invitation.is_open:
        return render(request, "accounts/invitation_ended.jinja", status=410)
    if actor_of(request).is_signed_in:
        return join_as_oneself(request, invitation)
    if invitation.has_account:
        return render(request, "accounts/join_sign_in.jinja", {"invitation": invitation})
    return join_as_new(request, invitation)


def join_as_oneself(request: HttpRequest, invitation: InvitationFacts) -> HttpResponse:
    is_theirs = request.user.get_username() == invitation.email
    if request.method == "POST" and is_theirs:
        membership = actions.accept_as_user(invitation.id, by=actor_of(request))
        request.session[queries.CHOSEN] = str(membership.id)
        messages.success(request, f"You have joined {invitation.organisation}.")
        return redirect("accounts:arrive")
    page = "accounts/join_confirm.jinja" if is_theirs else "accounts/join_other.jinja"
    return render(request, page, {"invitation": invitation}, status=200 if is_theirs else 403)


def join_as_new(request: HttpRequest, invitation: InvitationFacts) -> HttpResponse:
    """The account begins, and with it the session; every page but setting up a second factor stays shut."""
    form, by = forms.JoinForm(typed(request), initial={"name": invitation.name}), actor_of(request)
    user = sent(request, form, lambda: actions.accept_as_new(invitation.id, **form.cleaned_data, by=by))
    if user:
        login(request, user, backend=BACKEND)
        record_authentication(request, user, method="password")
        return redirect("accounts:set-up")
    return form_page(request, "accounts/join.jinja", {"form": form, "invitation": invitation})
