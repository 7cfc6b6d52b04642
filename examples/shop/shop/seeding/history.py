"""Log entries, so that history and recent actions have something to show."""

import json

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType

from catalog.models import Product, Tag
from lab.models import Keyword
from sales.models import Order
from shop.seeding.base import moment
from shop.seeding.users import user


def seed():
    admin, clerk = user("admin"), user("clerk")
    product, order = Product.objects.get(pk=1), Order.objects.get(pk=1)
    keyword = Keyword.objects.get(pk="and/or")
    entries = [
        *_story(product, [admin], ["Price", "Stock", "Name"], 30),
        *_story(order, [admin, clerk], ["Status", "Priority"], 120),
        *_story(keyword, [clerk], ["Meaning"], 3),
        _entry(LogEntry(user=admin, object_id="99", object_repr="brass"), Tag, DELETION, []),
    ]
    for pk, entry in enumerate(entries, start=1):
        entry.pk = pk
        entry.action_time = moment(500, pk * 60)
    LogEntry.objects.bulk_create(entries)


def _story(obj, users, fields, length):
    """An addition, then changes; every tenth also touches a related row."""
    for number in range(length):
        entry = LogEntry(
            user=users[number % len(users)], object_id=str(obj.pk), object_repr=str(obj)
        )
        if number == 0:
            yield _entry(entry, type(obj), ADDITION, [{"added": {}}])
            continue
        message = [{"changed": {"fields": [fields[number % len(fields)]]}}]
        if number % 10 == 0:
            message.append({"added": {"name": "note", "object": f"Note {number}"}})
        yield _entry(entry, type(obj), CHANGE, message)


def _entry(entry, model, flag, message):
    entry.content_type = ContentType.objects.get_for_model(model)
    entry.action_flag = flag
    entry.change_message = json.dumps(message) if message else ""
    return entry
