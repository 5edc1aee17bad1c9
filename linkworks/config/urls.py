"""Every app's pages."""

from django.conf import settings
from django.urls import include, path

from .health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("linkworks.frontdoor.urls")),
    path("", include("linkworks.directory.urls")),
    path("accounts/", include("linkworks.accounts.urls")),
    path("organisations/", include("linkworks.organisations.urls")),
    path("referrals/", include("linkworks.referrals.urls")),
    path("cases/", include("linkworks.casework.urls")),
    path("provider/", include("linkworks.providers.urls")),
    path("messages/", include("linkworks.messaging.urls")),
    path("", include("linkworks.interop.oruk.urls")),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.append(path("demo/", include("linkworks.demo.urls")))

handler403 = "linkworks.ui.views.not_allowed"
handler404 = "linkworks.ui.views.not_found"
handler500 = "linkworks.ui.views.server_error"
