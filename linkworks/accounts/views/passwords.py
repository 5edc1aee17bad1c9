"""A forgotten password: asking for a link, and choosing a new one. Nobody is signed in by a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, public
from linkworks.ui.views import carried_out, form_page, typed

from .. import actions, forms, queries


@public
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether or not the address has an account."""
    form = forms.ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_for_new_password(email=form.cleaned_data["email"], by=actor_of(request))
        return redirect("accounts:password-sent")
    return form_page(request, "accounts/forgotten.jinja", {"form": form})


@public
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_sent.jinja")


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password by the link that was sent."""
    reset = queries.reset_behind(token)
    if reset is None:
        return render(request, "accounts/link_ended.jinja", status=410)
    form, by = forms.NewPasswordForm(typed(request)), actor_of(request)
    if carried_out(request, form, lambda: actions.set_new_password(reset, **form.cleaned_data, by=by)):
        messages.success(request, "Your new password is set. Sign in with it.")
        return redirect("account_login")
    return form_page(request, "accounts/new_password.jinja", {"form": form})
