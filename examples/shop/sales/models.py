import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Sum

from catalog.models import Brand, Category, Product, Tag
from people.models import Address, Customer


def default_currency():
    return "EUR"


class Channel(models.Model):
    """Where orders come from; three of its names look like secrets."""

    KINDS = [("web", "Web shop"), ("store", "Store"), ("market", "Marketplace")]

    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    api_token = models.CharField("API token", max_length=64, blank=True)
    session_notes = models.TextField(blank=True)
    hashtag = models.CharField(max_length=30, null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name


class Order(models.Model):
    class Status(models.TextChoices):
        NEW = "new", "New"
        PAID = "paid", "Paid"
        SENT = "sent", "Sent"
        CANCELLED = "cancelled", "Cancelled"

    CURRENCIES = [("EUR", "Euro"), ("USD", "US dollar"), ("JPY", "Yen")]

    number = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders")
    channel = models.ForeignKey(Channel, models.PROTECT)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    placed_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    priority = models.SmallIntegerField(default=0)
    currency = models.CharField(max_length=3, choices=CURRENCIES, default=default_currency)
    discount = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    is_paid = models.BooleanField("paid", default=False)
    contact_email = models.EmailField(blank=True)
    shipping_address = models.ForeignKey(Address, models.SET_NULL, null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        limit_choices_to={"is_staff": True},
        related_name="+",
    )
    gift_message = models.TextField(blank=True)

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self):
        return self.number

    def total(self):
        lines = self.lines.aggregate(sum=Sum(F("quantity") * F("unit_price")))
        return (lines["sum"] or 0) - self.discount


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.PositiveIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)
    note = models.CharField(max_length=80, blank=True)
    is_gift = models.BooleanField("gift", default=False)
    required_by = models.DateTimeField(null=True, blank=True)
    labels = models.ManyToManyField(Tag, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.quantity} × {self.product}"


class Payment(models.Model):
    METHODS = [("card", "Card"), ("transfer", "Bank transfer"), ("cash", "Cash")]

    order = models.ForeignKey(Order, models.CASCADE, related_name="payments")
    method = models.CharField(max_length=10, choices=METHODS)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    paid_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return f"{self.amount} by {self.get_method_display()}"


class Shipment(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="shipments")
    carrier = models.CharField(max_length=40)
    tracking = models.CharField(max_length=40, unique=True)
    shipped_on = models.DateField(null=True, blank=True)
    proof = models.FileField(upload_to="proofs", blank=True)

    def __str__(self):
        return f"{self.carrier} {self.tracking}"


class Invoice(models.Model):
    """Protects its order from deletion and, once final, is locked itself."""

    number = models.CharField(max_length=12, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    issued_on = models.DateField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    is_final = models.BooleanField("final", default=False)
    remark = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.number


class Quote(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quotes")
    title = models.CharField(max_length=80)
    customer = models.ForeignKey(Customer, models.CASCADE)
    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title


class Promotion(models.Model):
    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)
    percent = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    is_stackable = models.BooleanField("stackable", default=True)
    teaser = models.CharField(max_length=60, null=True, blank=True)
    small_print = models.TextField(null=True, blank=True)
    categories = models.ManyToManyField(Category, blank=True)
    products = models.ManyToManyField(Product, blank=True)
    customers = models.ManyToManyField(Customer, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.code


class Campaign(models.Model):
    STATES = [("planned", "Planned"), ("running", "Running"), ("over", "Over")]

    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    budget = models.DecimalField(max_digits=10, decimal_places=2)
    clicks = models.PositiveIntegerField(default=1)
    runs = models.PositiveIntegerField(default=0, editable=False)
    brief = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name


class PriceList(models.Model):
    """Negotiated prices. No date and time of its own, so its form has one control a field."""

    CURRENCIES = [("EUR", "Euro"), ("USD", "US dollar")]

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    currency = models.CharField(max_length=3, choices=CURRENCIES, default=default_currency)
    brand = models.ForeignKey(Brand, models.SET_NULL, to_field="code", null=True, blank=True)
    products = models.ManyToManyField(Product, blank=True)
    terms = models.JSONField(null=True, blank=True)
    is_published = models.BooleanField("published", default=False)
    for_partners = models.BooleanField(default=False)
    leaflet = models.FileField(upload_to="leaflets", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class PriceBreak(models.Model):
    pricelist = models.ForeignKey(PriceList, models.CASCADE, related_name="breaks")
    pieces = models.PositiveIntegerField(default=1)
    percent = models.PositiveSmallIntegerField(validators=[MaxValueValidator(90)])

    def __str__(self):
        return f"{self.percent} % from {self.pieces}"


class Surcharge(models.Model):
    pricelist = models.ForeignKey(PriceList, models.CASCADE, related_name="surcharges")
    reason = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self):
        return self.reason


class Approval(models.Model):
    approves = models.ForeignKey(PriceList, models.CASCADE, related_name="approvals")
    name = models.CharField(max_length=60)
    given_at = models.DateTimeField(null=True, blank=True)
    categories = models.ManyToManyField(Category, blank=True)

    def __str__(self):
        return self.name


class PriceCard(models.Model):
    """A printed card, found again by the uuid in its QR code."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prints = models.ForeignKey(PriceList, models.CASCADE, related_name="cards")
    place = models.CharField(max_length=60)
    copies = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return self.place


class PartnerAccess(models.Model):
    opens = models.ForeignKey(PriceList, models.CASCADE, related_name="accesses")
    partner = models.CharField(max_length=60)
    access_token = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "partner accesses"

    def __str__(self):
        return self.partner
