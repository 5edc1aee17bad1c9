"""Stewards look at what groups propose, and bring back what a listing said before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui.fields import Form
from linkworks.ui.views import carried_out, form_page, found, pressed, typed

from .. import access, actions, presenters, queries
from ..forms.own import RefuseEditForm
from ..states import ProposedEditState


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, edit_id: UUID) -> HttpResponse:
    """One change that a group proposed: yes is a button, no asks for the reason."""
    actor = actor_of(request)
    edit = found(queries.proposed_edit(actor, edit_id))
    if edit.state != ProposedEditState.WAITING and request.method != "POST":
        messages.success(request, "This change has been decided already.")
        return redirect("directory:steward-edit", edit.service_id)
    form = RefuseEditForm(typed(request))
    if carried_out(request, form, lambda: actions.refuse_edit(edit, **form.cleaned_data, by=actor)):
        messages.success(request, "The listing stays as it was, and the group is told why.")
        return redirect("directory:steward-edit", edit.service_id)
    context = {"form": form, "listing": edit.service, "edit": presenters.edit_words(edit), "edit_id": edit.id}
    return form_page(request, "directory/proposal.jinja", context)


@allow(access.may_edit)
@require_POST
def accept(request: HttpRequest, edit_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    edit = found(queries.proposed_edit(actor, edit_id))
    done, to = "The change is shown now, and the group is told.", ("directory:steward-edit", edit.service_id)
    return pressed(request, lambda: actions.accept_edit(edit, by=actor), done, *to)


@allow(access.may_edit)
@require_safe
def history(request: HttpRequest, service_id: UUID) -> HttpResponse:
    listing = found(queries.listing(actor_of(request), service_id))
    is_private = queries.has_hidden_place(listing)
    items = presenters.version_items(queries.versions_of(listing), is_private=is_private)
    return render(request, "directory/history.jinja", {"listing": listing, "versions": items})


@allow(access.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, version_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    version = found(queries.version(actor, version_id))
    form = Form(typed(request))
    if carried_out(request, form, lambda: actions.restore_version(version, by=actor)):
        messages.success(request, "The listing says again what it said then.")
        return redirect("directory:steward-history", version.service_id)
    listing = version.service
    changes = presenters.restore_changes(queries.said_now(listing), queries.brought_back(listing, version))
    context = {"form": form, "listing": listing, "version": version, "changes": changes}
    return form_page(request, "directory/restore.jinja", context)
