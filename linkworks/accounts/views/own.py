"""One's own account: arriving, choosing whom to act for, setting up a second factor, name and password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow, signed_in
from linkworks.ui.views import form_page, sent, typed

from .. import actions, forms, presenters, queries


@allow(signed_in)
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Where somebody lands after signing in: choosing a role when there are several, else where its work starts."""
    held = {str(each.id) for each in request.memberships}  # type: ignore[attr-defined]
    undecided = len(held) > 1 and request.session.get(queries.CHOSEN) not in held
    return redirect("accounts:switch" if undecided else "home")


@allow(signed_in)
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """The only page open to somebody without a second factor: choose an app or a passkey."""
    if queries.has_second_factor(request.user):
        return redirect("accounts:account")
    return render(request, "accounts/set_up.jinja")


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Choose which of one's roles to act in."""
    memberships = request.memberships  # type: ignore[attr-defined]
    wanted = [each for each in memberships if str(each.id) == request.POST.get("membership")]
    if request.method == "POST" and wanted:
        request.session[queries.CHOSEN] = str(wanted[0].id)
        return redirect("accounts:arrive")
    choices = [presenters.membership_choice(each, actor_of(request)) for each in memberships]
    status = 400 if request.method == "POST" else 200
    return render(request, "accounts/switch.jinja", {"choices": choices}, status=status)


@allow(signed_in)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    factors = queries.second_factors(actor.user_id)
    return render(
        request, "accounts/account.jinja", {"you": presenters.account_page(actor, request.user.get_username(), factors)}
    )


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    form = forms.NameForm(request.POST or None, initial={"name": actor_of(request).name})
    if request.method == "POST" and form.is_valid():
        actions.change_name(name=form.cleaned_data["name"], by=actor_of(request))
        messages.success(request, "Your name is changed.")
        return redirect("accounts:account")
    return form_page(request, "accounts/name.jinja", {"form": form})


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = forms.ChangePasswordForm(typed(request))
    user = sent(request, form, lambda: actions.change_password(**form.cleaned_data, by=actor_of(request)))
    if user:
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. Anybody else signed in as you is signed out.")
        return redirect("accounts:account")
    return form_page(request, "accounts/password.jinja", {"form": form})
