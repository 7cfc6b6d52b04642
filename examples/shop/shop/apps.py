from django.apps import AppConfig
from django.db.backends.signals import connection_created


def let_readers_pass(connection, **kwargs):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        connection_created.connect(let_readers_pass)
