"""How one's own scheme works: look, change, see who changed what, take it out as YAML and put it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.errors import Conflict, Invalid
from linkworks.ui import paging
from linkworks.ui.views import carried_out, form_page, found, typed

from .. import actions, forms, presenters, queries
from ..access import can_change_settings, visible_schemes
from ..rules.settings import as_document, as_yaml, from_yaml


@allow(can_change_settings)
@require_safe
def scheme(request: HttpRequest) -> HttpResponse:
    found = scheme_or_404(request)
    rows = presenters.settings_rows(queries.settings_in(found))
    return render(request, "organisations/scheme.jinja", {"scheme": queries.card(found), "rows": rows})


@allow(can_change_settings)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    found = scheme_or_404(request)
    settings = queries.settings_in(found)
    form = forms.SettingsForm(request.POST or None, initial=forms.as_typed(settings, found.settings_version))
    if request.method == "POST" and form.is_valid():
        document = form.document(as_document(settings))
        if changed(request, found, form, document):
            return redirect("organisations:scheme")
    return form_page(request, "organisations/edit.jinja", {"form": form})


@allow(can_change_settings)
@require_http_methods(["GET", "POST"])
def public(request: HttpRequest) -> HttpResponse:
    """What anybody reads of the scheme: on letters, on the public pages, after a referral."""
    found = scheme_or_404(request)
    form = forms.PublicForm(typed(request), initial={name: getattr(found, name) for name in forms.PUBLIC})
    by = actor_of(request)
    if carried_out(request, form, lambda: actions.change_public_facts(found, **form.cleaned_data, by=by)):
        messages.success(request, "Saved. Letters and public pages say so from now on.")
        return redirect("organisations:scheme")
    return form_page(request, "organisations/public.jinja", {"form": form})


@allow(can_change_settings)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Paste a settings document. Each mistake in it is named."""
    found = scheme_or_404(request)
    initial = {"document": as_yaml(queries.settings_in(found)), "seen_version": found.settings_version}
    form = forms.UploadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            document = from_yaml(form.cleaned_data["document"])
        except Invalid as error:
            form.add_error("document", error.message)
        else:
            if changed(request, found, form, document):
                return redirect("organisations:scheme")
    return form_page(request, "organisations/upload.jinja", {"form": form})


@allow(can_change_settings)
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The settings as a YAML file."""
    found = scheme_or_404(request)
    response = HttpResponse(as_yaml(queries.settings_in(found)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-settings-{found.settings_version}.yaml"'
    return response


@allow(can_change_settings)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    found = scheme_or_404(request)
    page = paging.paginate(request.GET, queries.settings_history(found.id), present=presenters.history_item)
    return render(request, "organisations/history.jinja", {"page": page})


def changed(request: HttpRequest, found: Any, form: Any, document: Any) -> bool:
    """Tell the action; what it refuses is said on the form, at the question it is about."""
    seen = form.cleaned_data["seen_version"]
    try:
        actions.change_settings(
            found,
            document=document,
            by=actor_of(request),
            reason=form.cleaned_data["reason"],
            seen_version=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
        )
    except (Conflict, Invalid) as error:
        name = forms.FORM_NAMES.get(getattr(error, "field", None) or "", getattr(error, "field", None))
        for line in error.message.splitlines():
            form.add_error(name if name in form.fields else None, form.say(line))
        return False
    messages.success(request, "The settings are changed.")
    return True


def scheme_or_404(request: HttpRequest) -> Any:
    return found(visible_schemes(actor_of(request)).select_related("host").first())
