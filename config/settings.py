"""Every setting, from the environment or a ``.env`` file; ``.env.example`` explains each one."""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
REGISTERS = ("demonstration", "un")
SHORTEST_SECRET = 50

env = environ.Env()
# What the environment says wins over the file.
env.read_env(BASE_DIR / ".env", overwrite=False)


def one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the variable ``name``, which must be one of the ``allowed`` words."""
    value = env.str(name, default=default)
    if value not in allowed:
        words = " or ".join(allowed)
        raise ImproperlyConfigured(f"{name} is “{value}”; it may be {words}.")
    return value


def development_secret() -> str:
    """Return the secret of this checkout, made on first use."""
    path = VAR / "development.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(SHORTEST_SECRET))
    return path.read_text()


def database(variable: str = "DATABASE_URL") -> dict:
    """Return the database that ``variable`` names, or the SQLite file of the chosen register."""
    if env.str(variable, default=""):
        chosen = env.db_url(variable)
    else:
        chosen = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / f"{REGISTER}.sqlite3"}
    if chosen["ENGINE"].endswith("sqlite3"):
        # Readers do not wait for the writer; a writer waits its turn instead of failing.
        chosen["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        if PRODUCTION:
            # Each thread of the server keeps its connection, and what it has read.
            chosen["CONN_MAX_AGE"] = 600
    elif chosen["ENGINE"].endswith("postgresql"):
        # One connection for each thread of a process, and some more for what runs beside them.
        pool = {"min_size": 1, "max_size": WEB_THREADS + 2}
        chosen["OPTIONS"] = {**chosen.get("OPTIONS", {}), "pool": pool}
    return chosen


def refuse_unsafe_production() -> None:
    """Stop with a sentence that names the variable, rather than serve an open installation."""
    if DEBUG:
        raise ImproperlyConfigured(
            "DEBUG is on in production, where it would show settings and data to anybody. "
            "Remove DEBUG from the environment."
        )
    if len(SECRET_KEY) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters. Set it to the "
            'output of: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty or contains “*”. Set it to the host names of this "
            "installation, separated by commas: ALLOWED_HOSTS=tracker.example.org"
        )


# Where it runs

ENVIRONMENT = one_of("ENVIRONMENT", ("development", "production"), default="production")
PRODUCTION = ENVIRONMENT == "production"
REGISTER = one_of("REGISTER", REGISTERS, default="demonstration")
VAR.mkdir(exist_ok=True)

# Off in development too, so that everybody sees the pages that users will see.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if PRODUCTION:
    refuse_unsafe_production()
else:
    SECRET_KEY = SECRET_KEY or development_secret()
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

#: Processes of ``make serve``, and threads in each; a process keeps one processor busy.
WEB_WORKERS = env.int("WEB_WORKERS", default=os.cpu_count() or 1)
WEB_THREADS = env.int("WEB_THREADS", default=4)
DATABASES = {"default": database()}
# A copy that follows the database; pages are read from it (config/replica.py).
if env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = {**database("DATABASE_REPLICA_URL"), "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["config.replica.Router"]
    if "pool" in DATABASES["replica"].get("OPTIONS", {}):
        # Seconds; the database is asked instead.
        DATABASES["replica"]["OPTIONS"]["pool"]["timeout"] = 2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# What it is made of

INSTALLED_APPS = [
    "tracker.admin.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "tracker",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.middleware.ProvenanceMiddleware",
]

if "replica" in DATABASES:
    MIDDLEWARE.insert(0, "config.replica.ReplicaMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.dashboard.context.register",
            ],
            "libraries": {"dashboard": "tracker.dashboard.tags"},
        },
    },
]

# People

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["tracker.sessions.People"]
SESSION_ENGINE = "tracker.sessions"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The admin edits all paragraphs of a long resolution in one form, eight fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# Mail: nothing is sent unless a server is named; in development it is printed instead.
# EMAIL_URL=smtps://user:password@host:465

EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="dummymail://" if PRODUCTION else "consolemail://"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="tracker@localhost")
# Where this installation is found, for links in mail.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="" if PRODUCTION else "http://127.0.0.1:8000")
SITE_ADDRESS = SITE_ADDRESS.rstrip("/")

# Webhooks: nothing is sent to anybody unless they are switched on here.

WEBHOOKS = env.bool("WEBHOOKS", default=False)
#: The only hosts that are called, where any are listed; and the only ports.
WEBHOOK_HOSTS = [host.strip().lower() for host in env.list("WEBHOOK_HOSTS", default=[])]
WEBHOOK_PORTS = env.list("WEBHOOK_PORTS", cast=int, default=[443])
if WEBHOOKS and not SITE_ADDRESS:
    raise ImproperlyConfigured(
        "WEBHOOKS is on and SITE_ADDRESS is missing, so messages could hold no addresses. Set it "
        "to where this installation is found: SITE_ADDRESS=https://tracker.example.org"
    )

# Lists of commitments are found in memory where the register holds so many facts; of smaller
# ones the database tells as fast. One process takes 50 bytes a fact.
COLUMNS_FROM = env.int("COLUMNS_FROM", default=5_000)
#: Whether they are read in a thread of their own, while lists still ask the database.
COLUMNS_ASIDE = True

# How often somebody may ask, and where that is counted: (requests, seconds), for each person

#: Shared by several servers when it is Redis or the database; of one process when it is memory.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith(".DatabaseCache"):
    CACHES["default"]["BACKEND"] = "tracker.counting_cache.CountingDatabaseCache"
elif CACHES["default"]["BACKEND"].endswith(".RedisCache"):
    # Who is signed in is read from there, and from the database when it is not there.
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
RATE_LIMITS = {
    "api": (600, 60),
    # Everything that comes from one address, whoever is signed in there.
    "address": (3000, 60),
    "search": (120, 60),
    "reveal": (30, 3600),
    "token": (20, 3600),
    "webhook": (60, 3600),
    # Attempts from one address, and for one name.
    "login": (30, 300),
}
if not env.bool("RATE_LIMITED", default=True):
    RATE_LIMITS = {}

# Language and time

LANGUAGE_CODE = "en"
#: Each by its own name, so that who reads it finds it.
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.exists()]
STATIC_BACKEND = "django.contrib.staticfiles.storage.StaticFilesStorage"
if PRODUCTION:
    STATIC_BACKEND = "whitenoise.storage.CompressedManifestStaticFilesStorage"
else:
    # Served from where they lie, without collecting them first.
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
    WHITENOISE_MAX_AGE = 0

# Files of evidence: in a folder that no address leads to, readable by the server alone

EVIDENCE_FOLDER = Path(env.str("EVIDENCE_FOLDER", default=str(VAR / f"{REGISTER}-evidence")))
#: Largest file, and all files of one body together, in bytes.
EVIDENCE_LARGEST = env.int("EVIDENCE_LARGEST", default=20 * 1024 * 1024)
EVIDENCE_QUOTA = env.int("EVIDENCE_QUOTA", default=1024 * 1024 * 1024)
# Files that jobs prepare, likewise; and how far those are that are under way (docs/jobs.md)
JOBS_FOLDER = Path(env.str("JOBS_FOLDER", default=str(VAR / f"{REGISTER}-jobs")))
#: Whether the server starts a worker beside it; off where one runs as a service of its own.
JOBS_WORKER = env.bool("JOBS_WORKER", default=True)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": EVIDENCE_FOLDER},
    },
    "staticfiles": {"BACKEND": STATIC_BACKEND},
}

# Security; what is not named here is Django's default (nosniff, same-origin, frames denied)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "tracker.dashboard.errors.csrf_refused"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if PRODUCTION:
    # Browsers keep a cookie of this prefix to one host and to HTTPS.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # A health probe asks from inside, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        # Only safe where the proxy removes this header from what visitors send.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# REST

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.authentication.TokenAuthentication",
        "tracker.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tracker.api.permissions.RegisterPermission"],
    "DEFAULT_PARSER_CLASSES": ["tracker.api.formats.Json"],
    "DEFAULT_RENDERER_CLASSES": [
        "tracker.api.notation.JsonAnswer",
        "tracker.api.formats.BrowsablePages",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "tracker.api.formats.Negotiation",
    "DEFAULT_METADATA_CLASS": "tracker.api.formats.Methods",
    "DEFAULT_PAGINATION_CLASS": "tracker.api.pages.Pages",
    "DEFAULT_FILTER_BACKENDS": [],  # lists have a FilterSet, the same at every door
    "DEFAULT_SCHEMA_CLASS": "tracker.api.schema.Description",
    "EXCEPTION_HANDLER": "tracker.api.refusals.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
ENUMERATIONS = (
    "AddresseeKind",
    "AdoptionProcedure",
    "Basis",
    "BodyKind",
    "Classification",
    "CommitmentRole",
    "DatePrecision",
    "DeadlineKind",
    "DesignationFunction",
    "DesignationKind",
    "DocumentKind",
    "Effect",
    "EvidenceKind",
    "Force",
    "JobKind",
    "JobStage",
    "JobState",
    "Independence",
    "Language",
    "Lifecycle",
    "MembershipRole",
    "NameForm",
    "ProvisionLinkKind",
    "ResolutionLinkKind",
    "Role",
    "Scope",
    "Standing",
    "Step",
    "Verb",
    "WebhookState",
    "WebhookStop",
)
SPECTACULAR_SETTINGS = {
    "TITLE": "Commitment tracker",
    "DESCRIPTION": "What resolutions ask, of whom, by when, and what is known of it on any day.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # What is read and what is sent differ: records are shown with a name, and sent by key.
    "COMPONENT_SPLIT_REQUEST": True,
    # The enumerations keep the names that they have in the vocabulary.
    "ENUM_NAME_OVERRIDES": {
        **{name: f"tracker.vocabulary.{name}" for name in ENUMERATIONS},
        "AssessmentResult": "tracker.vocabulary.Result",
        "DeliveryOutcome": "tracker.vocabulary.Outcome",
        "Position": "tracker.vocabulary.POSITIONS",
        "ReportPosition": "tracker.vocabulary.Position",
        "Result": "tracker.vocabulary.RESULTS",
        "TimingState": "tracker.vocabulary.Timing",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tracker.api.schema_hooks.empty_addresses",
        "tracker.api.schema_hooks.some_fields",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["tracker.api.permissions.RegisterPermission"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Log

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    # Django would add a handler of its own and write each line twice.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
