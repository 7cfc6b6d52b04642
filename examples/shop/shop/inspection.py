"""Answers about the database's rows, exact to the type, for tests that compare before and after."""

import base64
import hashlib
import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.utils.duration import duration_string

MAX_SAFE_INTEGER = 2**53 - 1  # beyond it a JSON number is no longer exact for every reader


def answer(request):
    """The reply to one request; its shapes are listed in README.md."""
    for name, handler in HANDLERS.items():
        if name in request:
            return handler(request)
    raise ValueError(f"A request needs one of these keys: {', '.join(HANDLERS)}")


def plain(value):
    """A JSON value from which the stored one can be told exactly."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= MAX_SAFE_INTEGER else str(value)
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(value, time):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, FieldFile):
        return value.name
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return value  # JSON columns


def row_of(obj, names=None):
    """Columns by field name (a foreign key holds the raw key), many-to-many as sorted keys."""
    row = {}
    for field in obj._meta.concrete_fields:
        if names is None or field.name in names or field.attname in names:
            row[field.name] = plain(field.value_from_object(obj))
    for field in obj._meta.many_to_many:
        if names is None or field.name in names:
            keys = getattr(obj, field.name).order_by("pk").values_list("pk", flat=True)
            row[field.name] = [plain(key) for key in keys]
    return row


def get_rows(request):
    rows = _select(request["model"], request)[: request.get("limit")]
    return {"rows": [row_of(obj, request.get("fields")) for obj in rows]}


def count(request):
    return {"count": _select(request["count"], request).count()}


def dump(request):
    tables = {}
    for model in _models(request):
        objects = model._base_manager.order_by("pk").iterator()
        tables[model._meta.label_lower] = {str(plain(obj.pk)): row_of(obj) for obj in objects}
    return {"tables": tables}


def digest(request):
    digests = {}
    for model in _models(request):
        sha = hashlib.sha256()
        for obj in model._base_manager.order_by("pk").iterator():
            sha.update(json.dumps(row_of(obj), sort_keys=True).encode() + b"\n")
        digests[model._meta.label_lower] = sha.hexdigest()
    return {"digest": digests}


def change(request):
    """Write past every form and signal: a queryset update, and `set()` for many-to-many."""
    order = request["set"]
    rows = _select(order["model"], order)
    relations = {field.name for field in rows.model._meta.many_to_many}
    values = order["values"]
    columns = {name: value for name, value in values.items() if name not in relations}
    keys = list(rows.values_list("pk", flat=True))
    changed = rows.model._base_manager.filter(pk__in=keys)
    if columns:
        changed.update(**columns)
    for obj in changed:
        for name in relations & values.keys():
            getattr(obj, name).set(values[name])
    return {"changed": len(keys)}


def create(request):
    order = request["create"]
    model = apps.get_model(order["model"])
    names = {field.name: field for field in model._meta.concrete_fields}
    columns = {}
    for name, value in order["values"].items():
        field = names.get(name)
        is_file = isinstance(field, FileField)
        columns[field.attname if field and not is_file else name] = value
    return {"pk": plain(model._base_manager.create(**columns).pk)}


def delete(request):
    order = request["delete"]
    return {"deleted": _select(order["model"], order).delete()[0]}


HANDLERS = {
    "model": get_rows,
    "count": count,
    "dump": dump,
    "digest": digest,
    "set": change,
    "create": create,
    "delete": delete,
}


def _select(label, options):
    order = options.get("order_by", ["pk"])
    model = apps.get_model(label)
    return model._base_manager.filter(**options.get("filter", {})).order_by(*order)


def _models(request):
    """Every table that holds the project's data, or those in `models`."""
    wanted = request.get("models")
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.proxy or label == "sessions.session":
            continue
        if wanted is None or label in wanted:
            yield model
