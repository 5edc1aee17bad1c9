"""The feed's addresses, each with and without a slash at its end, as the standard's readers write them either way."""

from django.urls import path

from . import views

ROOT = "api/oruk/v3"
LISTS = {
    "services": "service",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
}
FEED = {"": ("feed", views.details)}
for many, single in LISTS.items():
    FEED[f"/{many}"] = (many.replace("_", "-"), views.list_of(many))
    FEED[f"/{many}/<str:record>"] = (single.replace("_", "-"), views.one_of(single))

app_name = "interop"
urlpatterns = [
    *(path(f"{ROOT}{route}", view, name=name) for route, (name, view) in FEED.items()),
    *(path(f"{ROOT}{route}/", view, name=f"{name}-slash") for route, (name, view) in FEED.items()),
    path(f"{ROOT}/openapi.json", views.openapi, name="openapi"),
    path("open-directory", views.open_directory, name="open-directory"),
    path(f"{ROOT}/<path:rest>", views.anything_else, name="feed-anything-else"),
]
