"""What differs between Django 3.2 and 6.1, decided by the feature and not by the version."""

from django.contrib import admin

try:
    from django.contrib.auth.decorators import login_not_required
except ImportError:

    def login_not_required(view):
        return view


def also_on_change_form(action):
    """Offer an action on the change form too, where Django has that place (6.1)."""
    if hasattr(admin, "ActionLocation"):
        action.locations = [admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM]
    return action
