"""Readers for environment variables, one per kind of value."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def flag(name):
    return text(name).lower() in {"1", "true", "yes", "on"}


def number(name, default=0):
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def choice(name, *options):
    """One of `options`; the first is the default."""
    value = text(name, options[0])
    if value not in options:
        allowed = ", ".join(repr(option) for option in options)
        raise ImproperlyConfigured(f"{name} must be one of {allowed}, not {value!r}")
    return value


def words(name):
    """A comma-separated list without its empty parts."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def numbers(name):
    """A comma-separated list of whole numbers."""
    parts = words(name)
    if not all(part.isdigit() for part in parts):
        raise ImproperlyConfigured(f"{name} must be whole numbers with commas, not {parts!r}")
    return [int(part) for part in parts]


def database(url, base_dir):
    """Django's settings for `sqlite:///path` or `postgres://user:pass@host:port/name?option=value`.

    As in most URL dialects three slashes begin a path relative to `base_dir`
    and four an absolute one.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path)[1:]
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name if name == ":memory:" else Path(base_dir, name),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path)[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"DATABASE_URL has an unknown scheme: {parts.scheme!r}")
