"""Users and groups; what each may do is written out in README.md."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission

from shop.seeding.base import make_uuid, moment

PASSWORD = "shop-demo-pass"
SALT = "example-shop-fixed-salt-0001"  # fixed, and long enough not to be replaced at login

# name: (groups, fields other than the defaults)
USERS = {
    "admin": ([], {"is_staff": True, "is_superuser": True}),
    "clerk": (["Clerks"], {"is_staff": True}),
    "viewer": (["Viewers"], {"is_staff": True}),
    "intake": (["Intake"], {"is_staff": True}),
    "customer": ([], {}),
    "retired": (["Clerks"], {"is_staff": True, "is_active": False}),
}

CLERK = {  # app: what the clerk may do with which of its models
    "catalog": {
        "view": ["brand", "category", "product", "review", "stocklevel", "supplier", "tag"],
        "change": ["product"],
    },
    "people": {"view": ["address", "customer"]},
    "sales": {
        "view": [
            *["channel", "invoice", "order", "orderline", "payment"],
            *["pricelist", "quote", "shipment"],
        ],
        "add": ["order", "orderline", "payment", "quote"],
        "change": ["invoice", "order", "orderline", "payment", "quote"],
        "delete": ["order", "payment", "quote", "shipment"],
    },
    "ops": {"view": ["task"], "add": ["task"], "change": ["task"]},
}


def seed():
    _seed_groups()
    _seed_users()


def user(name):
    model = get_user_model()
    value = name if model.USERNAME_FIELD == "username" else email_of(name)
    return model.objects.get(**{model.USERNAME_FIELD: value})


def email_of(name):
    return f"{name}@shop.example"


def _seed_groups():
    for pk, name in enumerate(["Clerks", "Viewers", "Intake"], start=1):
        Group.objects.create(pk=pk, name=name)
    permissions = Permission.objects.select_related("content_type")
    named = {f"{p.content_type.app_label}.{p.codename}": p for p in permissions}
    Group.objects.get(name="Clerks").permissions.set(
        named[f"{app}.{verb}_{model}"]
        for app, verbs in CLERK.items()
        for verb, models in verbs.items()
        for model in models
    )
    Group.objects.get(name="Viewers").permissions.set(
        [permission for permission in permissions if permission.codename.startswith("view_")]
    )
    Group.objects.get(name="Intake").permissions.set([named["ops.add_feedback"]])


def _seed_users():
    model = get_user_model()
    password = make_password(PASSWORD, salt=SALT)
    for pk, (name, (groups, fields)) in enumerate(USERS.items(), start=1):
        if model.USERNAME_FIELD == "username":
            identity = {
                "pk": pk,
                "username": name,
                "first_name": name.capitalize(),
                "last_name": "Demo",
                "date_joined": moment(pk),
            }
        else:
            identity = {"pk": make_uuid(f"user {name}"), "name": f"{name.capitalize()} Demo"}
        created = model.objects.create(
            **identity, email=email_of(name), password=password, **fields
        )
        created.groups.set(Group.objects.filter(name__in=groups))
