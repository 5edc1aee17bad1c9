"""The public doors. "home" has no namespace: signing in leads there."""

from django.urls import include, path

from . import views

pages = [
    path("who-serves-me", views.who_serves_me, name="who-serves-me"),
    path("services/<uuid:service_id>/report", views.report_listing, name="report-listing"),
    path("services/<uuid:service_id>/claim", views.claim, name="claim"),
    path("claims/<str:token>", views.claim_verify, name="claim-verify"),
    path("find/nothing-fits", views.nothing_fits, name="nothing-fits"),
    path("find/nothing-fits/thanks", views.nothing_fits_thanks, name="nothing-fits-thanks"),
    path("find/saved/share", views.share, name="share"),
    path("find/saved/stop-sharing", views.stop_sharing, name="stop-sharing"),
    path("find/saved/forget", views.forget_saved, name="forget-saved"),
    path("self-refer", views.start, name="self-refer"),
    path("self-refer/call-back", views.call_back, name="call-back"),
    path("self-refer/call-back/team", views.call_back_team, name="call-back-team"),
    path("leave", views.leave, name="leave"),
    path("self-refer/nearest", views.nearest, name="self-refer-nearest"),
    path("self-refer/check", views.check, name="self-refer-check"),
    path("self-refer/forget", views.forget, name="self-refer-forget"),
    path("self-refer/done", views.done, name="self-refer-done"),
    path("self-refer/<slug:name>", views.question, name="self-refer-question"),
    path("refer", views.guest, name="guest"),
    path("refer/link-sent", views.guest_link_sent, name="guest-link-sent"),
    path("refer/<str:token>", views.guest_details, name="guest-details"),
    path("refer/<str:token>/scheme", views.guest_scheme, name="guest-scheme"),
    path("refer/<str:token>/check", views.guest_check, name="guest-check"),
    path("refer/<str:token>/sent", views.guest_sent, name="guest-sent"),
]

urlpatterns = [path("", views.home, name="home"), path("", include((pages, "frontdoor")))]
