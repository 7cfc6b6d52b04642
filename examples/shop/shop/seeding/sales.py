from decimal import Decimal
from random import Random

from sales.models import (
    Approval,
    Campaign,
    Channel,
    Invoice,
    Order,
    OrderLine,
    PartnerAccess,
    Payment,
    PriceBreak,
    PriceCard,
    PriceList,
    Promotion,
    Quote,
    Shipment,
    Surcharge,
)
from shop.seeding.base import day, make_uuid, moment, write_file
from shop.seeding.users import user

ORDERS = 60
INVOICED = range(1, 13)  # these orders cannot be deleted
GIFT_MESSAGE = "Happy birthday!\r\n  From all of us\r\n\r\n"
PRICE_LISTS = [  # code, brand, terms; these are what a JSON form field reads back wrongly
    ("RETAIL", "nordhem", {}),
    ("TRADE", None, []),
    ("PARTNER", "kobo-works", "Net 30 days"),
    ("EXPORT", None, {"days": 30, "ports": ["Kiel", "Genoa"]}),
    ("LEGACY", None, "4006381333931000"),  # the key of a former system, as text
]


def seed():
    random = Random("sales")
    _seed_channels()
    _seed_orders(random)
    _seed_invoices()
    _seed_offers(random)
    _seed_price_lists()


def _seed_channels():
    Channel.objects.create(
        pk=1,
        name="Web",
        kind="web",
        api_token="demo-channel-web",
        session_notes="Renewed in March.",
        hashtag="#oakshop",
    )
    Channel.objects.create(pk=2, name="Old Town store", kind="store")
    Channel.objects.create(
        pk=3, name="Bazaar", kind="market", api_token="demo-channel-bazaar", hashtag=""
    )


def _seed_orders(random):
    clerk = user("clerk")
    Order.objects.bulk_create(
        Order(
            pk=pk,
            number=f"SO-{2024_000 + pk}",
            customer_id=(pk - 1) % 45 + 1,
            channel_id=pk % 3 + 1,
            status=["new", "paid", "sent", "cancelled"][pk % 4],
            placed_at=moment(100 + pk * 3, pk * 977),
            due_on=day(110 + pk * 3) if pk % 3 else None,
            priority=pk % 5 - 2,
            currency=["EUR", "EUR", "USD", "JPY"][pk % 4],
            discount=Decimal(pk % 7),
            is_paid=pk % 4 in (1, 2),
            contact_email=f"order{pk}@mail.example" if pk % 2 else "",
            shipping_address_id=pk if pk % 4 else None,
            handled_by=clerk if pk % 5 == 0 else None,
            gift_message=GIFT_MESSAGE if pk % 6 == 1 else "",
        )
        for pk in range(1, ORDERS + 1)
    )
    lines = [
        OrderLine(
            pk=pk,
            order_id=(pk + 1) // 2,
            product_id=random.randrange(1, 41),
            quantity=random.randrange(1, 6),
            unit_price=Decimal(random.randrange(500, 50_000)) / 100,
            note="Gift wrap" if pk % 5 == 0 else "",
            is_gift=pk % 5 == 0,
            required_by=moment(130 + pk, pk * 13) if pk % 4 == 1 else None,
        )
        for pk in range(1, ORDERS * 2 + 1)
    ]
    OrderLine.objects.bulk_create(lines)
    for line in lines[:20]:
        line.labels.set([line.pk % 10 + 1, (line.pk + 3) % 10 + 1])
    Payment.objects.bulk_create(
        Payment(
            pk=pk,
            order_id=pk * 2 - 1,
            method=["card", "transfer", "cash"][pk % 3],
            amount=Decimal(pk * 10),
            paid_at=moment(120 + pk, pk) if pk % 2 else None,
            reference=f"PAY-{pk}",
        )
        for pk in range(1, 25)
    )
    Shipment.objects.bulk_create(
        Shipment(
            pk=pk,
            order_id=pk * 3 - 2,
            carrier=["Swift", "Tortoise"][pk % 2],
            tracking=f"TR{pk:06}",
            shipped_on=day(125 + pk) if pk % 4 else None,
        )
        for pk in range(1, 17)
    )


def _seed_invoices():
    Invoice.objects.bulk_create(
        Invoice(
            pk=pk,
            number=f"INV-{pk:04}",
            order_id=pk,
            issued_on=day(140 + pk),
            amount=Decimal(pk * 25),
            is_final=pk % 2 == 0,
        )
        for pk in INVOICED
    )


def _seed_offers(random):
    owners = [user("admin"), user("clerk")]
    for pk in range(1, 11):
        Quote.objects.create(
            pk=pk,
            owner=owners[pk % 2],
            title=f"Quote {pk}",
            customer_id=pk * 4,
            reference=make_uuid(f"quote {pk}"),
            amount=Decimal(pk * 150),
            valid_until=day(300 + pk) if pk % 3 else None,
        )
    for pk, (code, percent) in enumerate({"SPRING": 10, "BULK": 25, "LAST": 60}.items(), start=1):
        promotion = Promotion.objects.create(
            pk=pk,
            code=code,
            title=f"{code.capitalize()} offer",
            percent=percent,
            starts_at=moment(60 * pk),
            ends_at=moment(60 * pk + 30, 77) if pk != 3 else None,
            is_stackable=pk != 2,
            teaser=[None, "", "Only a few left"][pk - 1],
            small_print=["", "In the store only.", None][pk - 1],
        )
        promotion.categories.set([pk, pk + 1])
        promotion.products.set(sorted(random.sample(range(1, 49), 3)))
        promotion.customers.set(sorted(random.sample(range(1, 46), 2)))
    for pk, name in enumerate(["Window display", "Spring letter", "Street posters"], start=1):
        Campaign.objects.create(
            pk=pk,
            name=name,
            state=["planned", "running", "over"][pk - 1],
            budget=Decimal(pk * 1_000),
            clicks=pk * 400,
            brief="Short and kind.\r\n",
        )


def _seed_price_lists():
    for pk, (code, brand, terms) in enumerate(PRICE_LISTS, start=1):
        prices = PriceList.objects.create(
            pk=pk,
            code=code,
            name=f"{code.capitalize()} prices",
            brand_id=brand,
            terms=terms,
            is_published=pk in (1, 5),
            for_partners=code == "PARTNER",
            leaflet=write_file("leaflets/list-2.txt", b"Ask for it.\n") if pk == 2 else "",
        )
        prices.products.set([pk, pk + 5, pk + 9] if pk != 4 else [])
        PriceBreak.objects.create(pk=pk, pricelist=prices, pieces=pk * 10, percent=pk * 2)
        Surcharge.objects.create(pk=pk, pricelist=prices, reason="Freight", amount=Decimal(pk))
        PriceCard.objects.create(
            pk=make_uuid(f"card {pk}"), prints=prices, place="Window", copies=pk
        )
        Approval.objects.create(
            pk=pk, approves=prices, name="Ines", given_at=moment(30 * pk, pk * 7)
        ).categories.set([pk, pk + 1])
    PartnerAccess.objects.create(
        pk=1, opens_id=3, partner="Casa Nova", access_token="demo-partner-casa-nova"
    )
