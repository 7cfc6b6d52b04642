"""Settings of the example shop. Every variable is explained in README.md."""

from importlib.util import find_spec
from pathlib import Path

import django

from shop import env
from shop.themes import THEMES, with_theme

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("SHOP_DATA_DIR", str(BASE_DIR / ".data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("SHOP_DEBUG")
SECRET_KEY = "example-shop-only-never-use-this-anywhere-else"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("SHOP_HOSTS")]

EMAIL_USERS = env.choice("SHOP_USER_MODEL", "auth", "email") == "email"
THEME = env.choice("SHOP_THEME", *THEMES)
REST_API = {"auto": find_spec("django_admin_rest_api") is not None, "1": True, "0": False}[
    env.choice("SHOP_REST_API", "auto", "1", "0")
]
# Most keys in one bulk update or action of the REST API; 0 leaves its own defaults.
REST_MAX_KEYS = env.number("SHOP_REST_MAX_KEYS")
DJANGO_ADMIN_REST_API = (
    {"MAX_BULK_UPDATES": REST_MAX_KEYS, "MAX_ACTION_PKS": REST_MAX_KEYS} if REST_MAX_KEYS else {}
)
MCP_REFERENCE = env.flag("SHOP_MCP_REFERENCE")
ADMIN_PATH = env.text("SHOP_ADMIN_PATH", "admin/").lstrip("/")
SLOW_MS = env.number("SHOP_SLOW_MS")
CROWD = env.numbers("SHOP_CROWD")
SHEETS = env.flag("SHOP_SHEETS")
BACKOFFICE_CODE = "246810"

INSTALLED_APPS = with_theme(
    THEME,
    [
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "shop",
        "catalog",
        "people",
        "sales",
        "ops",
        "lab",
        *(["accounts"] if EMAIL_USERS else []),
        *(["crowd"] if CROWD else []),
        *(["django_admin_rest_api"] if REST_API else []),
        *(["django_admin_mcp_api"] if MCP_REFERENCE else []),
    ],
)

LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"
MIDDLEWARE = [
    *(["shop.middleware.slow_down"] if SLOW_MS else []),
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    *(["django.middleware.locale.LocaleMiddleware"] if env.flag("SHOP_LOCALE_MIDDLEWARE") else []),
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *([LOGIN_REQUIRED] if env.flag("SHOP_LOGIN_REQUIRED") and django.VERSION >= (5, 1) else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
ASGI_APPLICATION = "shop.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The two user models cannot share a database, so each has a file of its own.
SQLITE_NAME = "db-email.sqlite3" if EMAIL_USERS else "db.sqlite3"
DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / SQLITE_NAME}"), BASE_DIR
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"timeout": 20}
    if django.VERSION >= (5, 1):
        # A transaction that reads first cannot lose its turn to another writer.
        DATABASES["default"]["OPTIONS"]["transaction_mode"] = "IMMEDIATE"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person" if EMAIL_USERS else "auth.User"
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = ["shop.hashers.DemoHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = env.text("SHOP_LANGUAGE", "en-us")
TIME_ZONE = env.text("SHOP_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = env.flag("SHOP_THOUSANDS")
if django.VERSION < (4, 0):
    USE_L10N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

if env.choice("SHOP_SESSIONS", "db", "signed") == "signed":
    # The session is the cookie, and with its time of signing it is another one in each answer.
    SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_NAME = env.text("SHOP_SESSION_COOKIE", "sessionid")
CSRF_MODE = env.choice("SHOP_CSRF", "cookie", "httponly", "session", "renamed")
CSRF_COOKIE_HTTPONLY = CSRF_MODE == "httponly"
CSRF_USE_SESSIONS = CSRF_MODE == "session"
if CSRF_MODE == "renamed":
    CSRF_COOKIE_NAME = "shop_csrf"
    CSRF_HEADER_NAME = "HTTP_X_SHOP_CSRF"
if env.flag("SHOP_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

MESSAGE_STORAGE = {
    "fallback": "django.contrib.messages.storage.fallback.FallbackStorage",
    "session": "django.contrib.messages.storage.session.SessionStorage",
}[env.choice("SHOP_MESSAGES", "fallback", "session")]
