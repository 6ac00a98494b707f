"""All settings, from the environment; with nothing set, everything runs on this machine alone (SQLite, memory)."""

import hashlib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from community import logs
from community.env import env, file_limits, insist, kept_secret, release
from community.rates import LIMITS, ROUTINES

__all__ = ["LIMITS", "ROUTINES"]

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("ENSEMBLE_DATA", default=str(BASE_DIR / "var")))
PRODUCTION = env.bool("ENSEMBLE_PRODUCTION", default=False)
DEBUG = env.bool("ENSEMBLE_DEBUG", default=False)

SITE_URL = env("ENSEMBLE_URL", default="http://localhost:8000").rstrip("/")
SITE_NAME = env("ENSEMBLE_NAME", default="Ensemble")
CONTACT = env("ENSEMBLE_CONTACT", default="")  # where people reach staff, for appeals
NEW_LINKS = env.int("ENSEMBLE_NEW_LINKS", default=3)  # in one post of whoever is new; with more it waits for approval
OUTSIDE_CHECK = env("ENSEMBLE_OUTSIDE_CHECK", default="")  # "package.module.function": doubts a newcomer's words
APPROVE_FIRST = env.int("ENSEMBLE_APPROVE_FIRST", default=0)  # posts of each in a group, unless it says otherwise
ONE_TO_ONE = env.bool("ENSEMBLE_ONE_TO_ONE", default=False)  # whether two members may write to each other alone
SITE_HOST = SITE_URL.split("://", 1)[-1]
BEHIND_PROXY = env.bool("ENSEMBLE_BEHIND_PROXY", default=False)
HTTPS = SITE_URL.startswith("https://")
SECRET_KEY = env("SECRET_KEY", default="") or (None if PRODUCTION else kept_secret(DATA_DIR / "secret-key"))
ALLOWED_HOSTS = [SITE_HOST.rsplit(":", 1)[0], *env.list("ENSEMBLE_HOSTS", default=[])]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
REDIS_URL = env("REDIS_URL", default="")

INSTALLED_APPS = [
    "daphne",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "community",
    "community.mail",
    "community.members",
    "community.files",
    "community.notifications",
    "community.drafts",
    "community.responses",
    "community.moderation",
    "community.privacy",
    "groups",
    "groups.search",
    "groups.tags",
    "groups.links",
    "groups.watching",
    "groups.approval",
    "groups.threads",
    "groups.documents",
    "groups.home",
    "realtime",
    "realtime.chat",
]

# Every middleware here must be async-capable: a sync-only one can hang daphne at shutdown (a house test checks it).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "community.members.sessions.SharedComputerMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.files.middleware.files",
]

ROOT_URLCONF = "community.urls"
ASGI_APPLICATION = "community.asgi.application"
WSGI_APPLICATION = "community.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "community.forms.Renderer"
MESSAGE_TAGS = {10: "info", 20: "info", 25: "ok", 30: "warn", 40: "bad"}  # how django.contrib.messages levels look
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
                "groups.home.context.site",
            ],
        },
    }
]

# ── Data ────────────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASE_URL = env("DATABASE_URL", default="")
database: dict[str, Any] = env.db_url_config(DATABASE_URL or f"sqlite:///{DATA_DIR / 'ensemble.sqlite3'}")
DATABASES = {"default": database}
if database["ENGINE"].endswith("sqlite3"):
    # WAL with synchronous=FULL: what was acknowledged survives even a power cut (NORMAL may lose the last commits).
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Whoever writes asks for the one lock again and again, in no order: where eight did at once, one waited for
        # twelve seconds, and who gives up loses what they sent. It is held for a moment each, so others wait for less.
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 10}}
    # What is asked for the third time is planned no more: a page of a discussion is answered in two thirds of the time.
    # PgBouncer can do that from 1.21 on.
    database["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}

# Redis hands a bell to all who listen, whatever their database number: two sites on one Redis must stay apart.
REDIS_PREFIX = "ensemble-" + hashlib.sha256(str(SECRET_KEY).encode()).hexdigest()[:12]
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": REDIS_PREFIX},
    }
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ── People and sign-in ──────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "members.Member"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTHENTICATION_BACKENDS = ["community.members.sessions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "community.members.sessions"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ENSEMBLE_PROXIES", default=1 if BEHIND_PROXY else 0)
USER_CODE = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "community.members.sign_in.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password: the first way in is a code
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = USER_CODE
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = USER_CODE
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_EMAIL_NOTIFICATIONS = True
# A whole council may come from one address, so it may do much; one account may be tried little.
ACCOUNT_RATE_LIMITS = {
    "login": "120/10m/ip",
    "login_failed": "60/10m/ip,5/5m/key",
    "request_login_code": "60/10m/ip,5/10m/key",
    "reset_password": "60/10m/ip,5/10m/key",
}
MFA_ADAPTER = "community.members.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address is kept only once its code was typed
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "community.members.adapter.WorkAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
OIDC_HOSTS: list[str] = []
if OIDC_URL := env("ENSEMBLE_OIDC_URL", default=""):
    # Browsers check where a form leads to the end, so the page must name the host that asks for the password there.
    OIDC_HOSTS = env.list("ENSEMBLE_OIDC_HOSTS", default=["/".join(OIDC_URL.split("/")[:3])])
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "EMAIL_AUTHENTICATION": True,  # its word on an address that it has verified is taken
        "APPS": [
            {
                "provider_id": "work",
                "name": env("ENSEMBLE_OIDC_NAME", default="Work account"),
                "client_id": env("ENSEMBLE_OIDC_CLIENT"),
                "secret": env("ENSEMBLE_OIDC_SECRET"),
                "settings": {"server_url": OIDC_URL},
            }
        ],
    }

# ── Mail ────────────────────────────────────────────────────────────────────────────────────────────────────────────
# With nothing set, letters (and the sign-in codes in them) are written to files in MAIL_DIR.
MAIL_DIR = DATA_DIR / "mail"
EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(MAIL_DIR)
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))  # smtp+tls://name:password@mail.example.org:587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("ENSEMBLE_MAIL_FROM", default=f"{SITE_NAME} <no-reply@{SITE_HOST.rsplit(':', 1)[0]}>")

# ── Text, time and files ────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# One stamp for all static files: each may be kept for ever, and scripts import each other by plain relative names.
STATIC_URL = f"/static/{release(BASE_DIR)}/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "servestatic.storage.CompressedStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # the servers only read them
    },
}
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("ENSEMBLE_STATIC", default=str(DATA_DIR / "static")))
MEDIA_ROOT = DATA_DIR / "files"  # never served by path: every download passes a room's own guarded address
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_LIMIT, FILES_LIMIT_EACH = file_limits()
DRAW_WITH_NETWORK = env.bool("ENSEMBLE_DRAW_WITH_NETWORK", default=False)  # where it cannot be taken away
BODY_LIMIT = FILE_LIMIT + 5 * 2**20  # for a form with it; the proxies in deploy/ let a little more through
SENDFILE = env("ENSEMBLE_SENDFILE", default="")  # "nginx" (internal location /stored-files/) or "apache"
CLAMD_URL = env("CLAMD_URL", default="")  # tcp://clamd:3310; nothing is taken that it could not look at
S3_BUCKET = env("S3_BUCKET") if env("ENSEMBLE_STORAGE", default="") == "s3" else ""
if S3_BUCKET:  # keys come from the usual AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT", default=None),
            "region_name": env("S3_REGION", default=None),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }

# ── Safety ──────────────────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", SITE_URL.replace("http", "ws", 1)],
        "form-action": ["'self'", *OIDC_HOSTS],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
CSRF_FAILURE_VIEW = "community.http.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie more than the two
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs.configuration(env("ENSEMBLE_LOG", default="WARNING"))

if PRODUCTION:
    insist(
        {
            "SECRET_KEY must be set": len(SECRET_KEY or "") >= 50,
            "ENSEMBLE_DEBUG must be off": not DEBUG,
            "ENSEMBLE_URL must be https": HTTPS,
            "DATABASE_URL must be set": bool(DATABASE_URL),
            "REDIS_URL must be set (several processes)": bool(REDIS_URL),
        }
    )
