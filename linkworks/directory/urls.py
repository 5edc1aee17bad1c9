"""Finding services, one service, and keeping the directory true."""

from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("find", views.find, name="find"),
    path("services/<uuid:service_id>", views.service, name="service"),
    path("directory", views.listings, name="steward-list"),
    path("directory/reports/<uuid:report_id>", views.deal_with, name="steward-report"),
    path("directory/proposals/<uuid:edit_id>", views.proposal, name="steward-proposal"),
    path("directory/proposals/<uuid:edit_id>/accept", views.accept, name="steward-accept"),
    path("directory/versions/<uuid:version_id>/restore", views.restore, name="steward-restore"),
    path("directory/<uuid:service_id>/history", views.history, name="steward-history"),
    path("directory/claims/<uuid:claim_id>", views.claim, name="steward-claim"),
    path("directory/claims/<uuid:claim_id>/confirm", views.confirm_claim, name="steward-claim-confirm"),
    path("directory/queue", views.queue, name="steward-queue"),
    path("directory/missing", views.missing, name="steward-missing"),
    path("directory/imports", views.imports, name="imports"),
    path("directory/imports/<uuid:run_id>", views.import_run, name="import-run"),
    path("directory/imports/<uuid:run_id>/decide", views.decide_import, name="import-decide"),
    path("directory/changed", views.held_facts, name="held-facts"),
    path("directory/changed/<uuid:held_id>", views.held_fact, name="held-fact"),
    path("directory/duplicates", views.duplicates, name="duplicates"),
    path("directory/duplicates/<uuid:pair_id>", views.duplicate, name="duplicate"),
    path("directory/duplicates/<uuid:pair_id>/decide", views.decide_duplicate, name="duplicate-decide"),
    path("directory/sources", views.sources, name="sources"),
    path("directory/sources/add", views.add_source, name="source-add"),
    path("directory/sources/template.csv", views.template_csv, name="source-template-csv"),
    path("directory/sources/template.xlsx", views.template_xlsx, name="source-template-xlsx"),
    path("directory/sources/<uuid:source_id>", views.source, name="source"),
    path("directory/sources/<uuid:source_id>/change", views.change_source, name="source-change"),
    path("directory/sources/<uuid:source_id>/read", views.read_source, name="source-read"),
    path("directory/sources/<uuid:source_id>/file", views.give_file, name="source-file"),
    path("directory/sources/<uuid:source_id>/words", views.source_words, name="source-words"),
    path("directory/sources/<uuid:source_id>/words/<uuid:term_id>", views.source_word, name="source-word"),
    path("directory/<uuid:service_id>", views.edit_listing, name="steward-edit"),
    path("directory/<uuid:service_id>/facts", views.edit_facts, name="steward-facts"),
    path("directory/<uuid:service_id>/ask", views.ask_now, name="steward-ask"),
    path("directory/<uuid:service_id>/take-down", views.take_down, name="steward-take-down"),
]
