from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import connection

from shop.seeding import seed


class Command(BaseCommand):
    help = "Fill a migrated, empty database with the example shop."

    def add_arguments(self, parser):
        parser.add_argument("--events", type=int, default=300, help="rows of ops.Event")
        parser.add_argument("--if-needed", action="store_true", help="do nothing if already seeded")
        parser.add_argument("--reset", action="store_true", help="empty every table first")

    def handle(self, *, events, if_needed, reset, **options):
        if reset:
            self.empty_tables()
        elif get_user_model().objects.exists():
            if if_needed:
                self.stdout.write("Already seeded.")
                return
            raise CommandError("The database has rows already; pass --reset to start over.")
        seed(events)
        # SQLite folds its write-ahead log into the file here, so the file alone can be copied.
        connection.close()
        self.stdout.write(self.style.SUCCESS("Seeded."))

    def empty_tables(self):
        """Empty all but the tables that `migrate` fills, whose keys would change."""
        tables = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model not in (ContentType, Permission)
        }
        operations = connection.ops
        statements = operations.sql_flush(
            no_style(), sorted(tables), reset_sequences=True, allow_cascade=True
        )
        operations.execute_sql_flush(statements)
