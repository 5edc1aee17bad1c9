"""Finding services, one service, and keeping the directory true."""

from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("find", views.find, name="find"),
    path("services/<uuid:service_id>", views.service, name="service"),
    path("directory", views.listings, name="steward-list"),
    path("directory/reports/<uuid:report_id>", views.deal_with, name="steward-report"),
    path("directory/imports", views.imports, name="imports"),
    path("directory/imports/<uuid:run_id>", views.import_run, name="import-run"),
    path("directory/<uuid:service_id>", views.edit_listing, name="steward-edit"),
    path("directory/<uuid:service_id>/facts", views.edit_facts, name="steward-facts"),
    path("directory/<uuid:service_id>/ask", views.ask_now, name="steward-ask"),
    path("directory/<uuid:service_id>/take-down", views.take_down, name="steward-take-down"),
]
