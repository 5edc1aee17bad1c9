"""A group's own services, and how many places are left."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.errors import Invalid
from linkworks.directory.actions import update_room
from linkworks.directory.forms import RoomForm
from linkworks.ui import paging

from .. import access, presenters, queries


@allow(access.can_answer)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = queries.own_services(actor_of(request)).filter(name__icontains=words)
    page = paging.paginate(request.GET, found, present=presenters.service_row)
    return render(request, "providers/services.jinja", {"page": page, "search": words})


@allow(access.can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, service_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    service = queries.own_service(actor, service_id)
    if service is None:
        raise Http404
    now_known = {name: getattr(service, name) for name in RoomForm.base_fields}
    form = RoomForm(request.POST if request.method == "POST" else None, initial=now_known)
    if request.method == "POST" and form.is_valid():
        try:
            update_room(service, by=actor, **form.cleaned_data)
            messages.success(request, f"Saved: the places of {service.name}.")
            return redirect("providers:services")
        except Invalid as error:
            form.add_error(error.field, error.message)
    context = {"form": form, "service": service, "back": reverse("providers:services")}
    return render(request, "providers/room.jinja", context, status=400 if form.errors else 200)
