"""Fills an empty database with the shop: always the same rows, keys and files."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from shop.seeding import catalog, history, lab, ops, people, sales, users


def seed(events):
    with transaction.atomic():
        users.seed()
        catalog.seed()
        people.seed()
        sales.seed()
        ops.seed(events)
        lab.seed()
        history.seed()
        _continue_keys_after_ours()


def _continue_keys_after_ours():
    """Rows were given their keys, so a database with sequences has to be told."""
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
