from datetime import date, time
from decimal import Decimal
from random import Random

from people.models import Address, Customer, Employee, Skill
from shop.seeding.base import day, make_uuid, moment
from shop.seeding.users import user

FIRST = ["Ada", "Bruno", "Chidi", "Dora", "Emil", "Farah", "Gita", "Hugo", "Ilse"]
LAST = ["Ahlberg", "Benitez", "Çelik", "D'Arcy", "Eriksson"]
EMPLOYEES = [  # name, user, name of the manager
    ("Vera Lind", "admin", None),
    ("Carl Clerk", "clerk", "Vera Lind"),
    ("Nils Viewer", "viewer", "Vera Lind"),
    ("Olga Intake", "intake", "Carl Clerk"),
    ("Pia Storm", None, "Carl Clerk"),
    ("Quentin Åberg", None, "Carl Clerk"),
]
NOTES = "Rings before noon.\r\nDoor code is written on the gate.\r\n\r\n"


def seed():
    random = Random("people")
    _seed_customers(random)
    _seed_employees()


def _seed_customers(random):
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    customers = [
        Customer(
            pk=pk,
            name=name,
            email=f"customer{pk}@mail.example",
            phone=f"+49 30 {pk:06}" if pk % 4 else "",
            birthday=date(1950 + pk, pk % 12 + 1, pk % 28 + 1) if pk % 3 else None,
            tier=["basic", "silver", "gold"][pk % 3],
            newsletter=[None, True, False][pk % 3],
            account_number=9_007_199_254_740_993 + pk * 2,
            credit_limit=Decimal(random.randrange(0, 500_000)) / 100,
            last_ip=[None, f"192.0.2.{pk}", f"2001:db8::{pk:x}"][pk % 3],
            website=f"https://customer{pk}.example/" if pk % 5 == 0 else "",
            referred_by_id=pk - 1 if pk % 6 == 0 else None,
            notes=NOTES if pk % 4 == 1 else "",
            joined_at=moment(pk * 5, pk * 1_009),
        )
        for pk, name in enumerate(names, start=1)
    ]
    Customer.objects.bulk_create(customers)
    for customer in customers:
        customer.interests.set(sorted(random.sample(range(1, 11), customer.pk % 3)))
    Address.objects.bulk_create(
        Address(
            pk=pk,
            customer_id=(pk + 1) // 2,
            kind=["home", "billing"][pk % 2],
            street=f"{random.choice(['Elm', 'Mill', 'Dock', 'King'])} Street {pk}",
            postcode=f"{10_000 + pk * 37}",
            city=["Berlin", "Torino", "Malmö"][pk % 3],
        )
        for pk in range(1, 61)
    )


def _seed_employees():
    for pk, name in enumerate(["forklift", "first aid", "upholstery", "Swedish"], start=1):
        Skill.objects.create(pk=pk, name=name)
    for number, (name, account, manager) in enumerate(EMPLOYEES, start=1):
        employee = Employee.objects.create(
            pk=make_uuid(f"employee {name}"),
            user=user(account) if account else None,
            name=name,
            department=["office", "sales", "store"][number % 3],
            manager_id=make_uuid(f"employee {manager}") if manager else None,
            hired_on=day(-number * 100),
            shift_start=time(6 + number, 15, 30, 250_000) if number % 2 else None,
            hourly_rate=Decimal("18.50") + number,
        )
        employee.skills.set([number % 4 + 1, (number + 1) % 4 + 1])
