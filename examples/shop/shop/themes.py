"""What each admin theme needs in INSTALLED_APPS and in the URLconf."""

from django.urls import include, path

THEMES = {
    "": {},
    "unfold": {"before": ["unfold"]},
    "jazzmin": {"before": ["jazzmin"]},
    "grappelli": {"before": ["grappelli"], "urls": "grappelli.urls"},
    "admin_interface": {"before": ["admin_interface", "colorfield"]},
    "simpleui": {"before": ["simpleui"]},
    # baton.autodiscover swaps the default site, so it must load after every admin module.
    "baton": {"before": ["baton"], "after": ["baton.autodiscover"], "urls": "baton.urls"},
}


def with_theme(theme, apps):
    return [*THEMES[theme].get("before", []), *apps, *THEMES[theme].get("after", [])]


def theme_urls(theme):
    module = THEMES[theme].get("urls")
    return [path(f"{theme}/", include(module))] if module else []
