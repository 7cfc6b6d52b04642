import json
import sys

from django.core.management import BaseCommand
from django.db import connection

from shop.inspection import answer


class Command(BaseCommand):
    help = "Answer questions about the rows: JSON lines in, JSON lines out."

    def handle(self, **options):
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(self.reply_to(line), ensure_ascii=False))
                self.stdout.flush()

    def reply_to(self, line):
        request = {}
        try:
            request = json.loads(line)
            reply = answer(request)
        except Exception as error:  # a bad request must not end the process
            reply = {"error": f"{type(error).__name__}: {error}"}
        finally:
            # The next request sees what other processes have committed until then.
            connection.close()
        return {"id": request["id"], **reply} if "id" in request else reply
