"""The real settings with hardly any apps."""

from linkworks.config.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "linkworks.core",
    "tests.config.stand_in",
]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE: list[str] = []
AUTHENTICATION_BACKENDS: list[str] = []
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
STATICFILES_DIRS: list[str] = []
ROOT_URLCONF = "tests.config.stand_in.urls"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_jobs"
