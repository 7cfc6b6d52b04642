from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.contrib.contenttypes.models import ContentType

from catalog.models import Product
from ops.models import AuditRecord, Event, Feedback, Mailbox, Note, ShopSettings, Task
from people.models import Customer, Employee
from shop.seeding.base import day, make_uuid, moment
from shop.seeding.users import user

BATCH = 5_000


def seed(events):
    _seed_events(events)
    _seed_tasks()
    _seed_notes()
    _seed_rest()


def _seed_events(count):
    random = Random("events")
    actors = [None, None, user("admin").pk, user("clerk").pk]
    for start in range(1, count + 1, BATCH):
        Event.objects.bulk_create(
            Event(
                pk=pk,
                kind=["view", "view", "cart", "order", "error"][pk % 5],
                level=pk % 4,
                message=f"{random.choice(['GET', 'POST'])} /products/{pk % 997}",
                occurred_at=moment(pk % 366, pk * 7 % 86_400),
                # Drawn, not hashed: uuid5 would take a good part of the time for 100,000 rows.
                request_id=UUID(int=random.getrandbits(128), version=4),
                ip_address=f"198.51.100.{pk % 256}" if pk % 3 else None,
                payload={"n": pk},
                took=timedelta(microseconds=random.randrange(900, 900_000)) if pk % 4 else None,
                actor_id=actors[pk % 4],
            )
            for pk in range(start, min(start + BATCH, count + 1))
        )


def _seed_tasks():
    employees = list(Employee.objects.order_by("name"))
    for pk in range(1, 16):
        Task.objects.create(
            pk=pk,
            title=f"Task {pk}",
            reference=make_uuid(f"task {pk}"),
            body="Count twice.\r\n\r\n" if pk % 2 else "",
            assignee=employees[pk % 6] if pk % 5 else None,
            product_id=pk if pk % 3 else None,
            state=["open", "doing", "done"][pk % 3],
            due_at=moment(400 + pk, pk * 3_607) if pk % 4 else None,
            estimate=timedelta(hours=pk, seconds=5) if pk % 2 else None,
            checklist=["look", {"then": "count"}] if pk % 3 == 0 else [],
            is_urgent=pk % 4 == 0,
        )


def _seed_notes():
    product_type = ContentType.objects.get_for_model(Product)
    customer_type = ContentType.objects.get_for_model(Customer)
    targets = [(product_type, 1), (product_type, 1), (product_type, 2), (customer_type, 1)]
    for pk, (content_type, object_id) in enumerate(targets, start=1):
        Note.objects.create(
            pk=pk,
            content_type=content_type,
            object_id=str(object_id),
            text=f"Note {pk}",
            is_pinned=pk == 1,
            written_on=day(150 + pk),
        )


def _seed_rest():
    ShopSettings.objects.create(
        pk=1, name="The Oak Shop", contact_email="hello@shop.example", tax_rate=Decimal("19.00")
    )
    for pk in range(1, 4):
        Feedback.objects.create(
            pk=pk, subject=f"Feedback {pk}", message="Friendly staff.", stars=pk + 2
        )
    for pk in range(1, 31):
        AuditRecord.objects.create(
            pk=pk,
            happened_at=moment(pk, pk * 11),
            actor=["admin", "clerk"][pk % 2],
            action=["login", "export", "logout"][pk % 3],
            detail=f"Record {pk}",
        )
    for pk, name in enumerate(["Orders", "Returns"], start=1):
        Mailbox.objects.create(
            pk=pk,
            name=name,
            host="mail.shop.example",
            login=name.lower(),
            passcode=f"demo-passcode-{pk}",
            secret_word=f"demo-word-{pk}",
            use_tls=pk == 1,
        )
