"""A group's own services, and how many places are left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.directory.actions import update_room
from linkworks.directory.forms.room import RoomForm
from linkworks.ui import paging
from linkworks.ui.views import carried_out, form_page, found, typed

from .. import access, presenters, queries


@allow(access.can_answer)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    own = queries.own_services(actor_of(request), words)
    page = paging.paginate(request.GET, own, present=presenters.service_row)
    return render(request, "providers/services.jinja", {"page": page, "search": words})


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    service = found(queries.own_service(actor, service_id))
    now_known = {name: getattr(service, name) for name in RoomForm.base_fields}
    form = RoomForm(typed(request), initial=now_known)
    if carried_out(request, form, lambda: update_room(service, by=actor, **form.cleaned_data)):
        messages.success(request, f"Saved: the places of {service.name}.")
        return redirect("providers:services")
    context = {"form": form, "service": service, "back": reverse("providers:services")}
    return form_page(request, "providers/room.jinja", context)
