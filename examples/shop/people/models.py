import uuid

from django.conf import settings
from django.db import models

from catalog.models import Tag


class Customer(models.Model):
    class Tier(models.TextChoices):
        BASIC = "basic", "Basic"
        SILVER = "silver", "Silver"
        GOLD = "gold", "Gold"

    name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=30, blank=True)
    birthday = models.DateField(null=True, blank=True)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.BASIC)
    newsletter = models.BooleanField(null=True, blank=True)
    account_number = models.BigIntegerField(unique=True)
    credit_limit = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    last_ip = models.GenericIPAddressField("last IP address", null=True, blank=True)
    website = models.URLField(blank=True)
    referred_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    interests = models.ManyToManyField(Tag, blank=True)
    notes = models.TextField(blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Address(models.Model):
    KINDS = [("home", "Home"), ("work", "Work"), ("billing", "Billing")]

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=KINDS)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "addresses"
        ordering = ["customer", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind"], name="one_address_of_a_kind"),
        ]

    def __str__(self):
        return f"{self.street}, {self.city}"


class Skill(models.Model):
    """Has no admin of its own."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Employee(models.Model):
    class Department(models.TextChoices):
        SALES = "sales", "Sales"
        STORE = "store", "Warehouse"
        OFFICE = "office", "Office"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=80)
    department = models.CharField(max_length=10, choices=Department.choices)
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    hired_on = models.DateField()
    shift_start = models.TimeField(null=True, blank=True)
    hourly_rate = models.DecimalField(max_digits=6, decimal_places=2)
    skills = models.ManyToManyField(Skill, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
