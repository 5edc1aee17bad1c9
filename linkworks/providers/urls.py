"""A group's pages: by link without an account, and the portal."""

from django.urls import path

from . import views
from .forms import FORMS

ANSWERS = [kind for kind in FORMS if kind != "worry"]  # a worry is said by those who run sessions too
app_name = "providers"
by_link = [
    path("c/<str:token>", views.link, name="link"),
    path("c/<str:token>/done/<str:kind>", views.link_done, name="link-done"),
    *[path(f"c/<str:token>/{kind}", views.link_answer, {"kind": kind}, name=f"link-{kind}") for kind in FORMS],
]
listing_by_link = [
    path("l/<str:token>", views.listing, name="listing"),
    path("l/<str:token>/done", views.listing_done, name="listing-done"),
    path("l/<str:token>/undo", views.listing_undo, name="listing-undo"),
    path("l/<str:token>/stop", views.listing_stop, name="listing-stop"),
]
portal = [
    path("", views.inbox, name="inbox"),
    path("connections/<uuid:connection_id>", views.connection, name="connection"),
    path("connections/<uuid:connection_id>/done/<str:kind>", views.done, name="done"),
    path("connections/<uuid:connection_id>/worry", views.worry, name="worry"),
    *[path(f"connections/<uuid:connection_id>/{kind}", views.answer, {"kind": kind}, name=kind) for kind in ANSWERS],
    path("registers", views.registers, name="registers"),
    path("registers/<uuid:service_id>", views.register, name="register"),
    path("said", views.said, name="said"),
    path("services", views.services, name="services"),
    path("services/<uuid:service_id>", views.room, name="room"),
    path("services/<uuid:service_id>/listing", views.own_listing, name="own-listing"),
    path("services/<uuid:service_id>/going", views.own_going, name="own-going"),
    path("services/<uuid:service_id>/going/<str:part>/add", views.change_own_going, name="own-going-add"),
    path("services/<uuid:service_id>/going/<str:part>/<int:number>", views.change_own_going, name="own-going-change"),
    path(
        "services/<uuid:service_id>/going/<str:part>/<int:number>/remove",
        views.remove_own_going,
        name="own-going-remove",
    ),
    path("services/<uuid:service_id>/photos", views.own_photos, name="own-photos"),
    path("services/<uuid:service_id>/photos/<uuid:photo_id>/remove", views.remove_own_photo, name="own-photo-remove"),
]
urlpatterns = by_link + listing_by_link + portal
