import uuid
from datetime import time

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from catalog.models import Product
from people.models import Employee


class Event(models.Model):
    """The big table: `seed --events 100000`."""

    class Kind(models.TextChoices):
        VIEW = "view", "Page view"
        CART = "cart", "Added to cart"
        ORDER = "order", "Ordered"
        ERROR = "error", "Error"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.SmallIntegerField(default=0)
    message = models.CharField(max_length=200)
    occurred_at = models.DateTimeField(db_index=True)
    request_id = models.UUIDField()
    ip_address = models.GenericIPAddressField("IP address", null=True, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    took = models.DurationField(null=True, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-occurred_at", "-id"]

    def __str__(self):
        return self.message


class Note(models.Model):
    """A remark on any object; has no admin of its own."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.CharField(max_length=60)
    target = GenericForeignKey()
    text = models.CharField(max_length=200)
    is_pinned = models.BooleanField("pinned", default=False)
    written_on = models.DateField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="note_target")]

    def __str__(self):
        return self.text


class ShopSettings(models.Model):
    """The one row of shop-wide settings."""

    name = models.CharField(max_length=80)
    contact_email = models.EmailField()
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2)
    opens_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(18))
    is_in_maintenance = models.BooleanField("in maintenance", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "shop settings"

    def __str__(self):
        return self.name


class Feedback(models.Model):
    subject = models.CharField(max_length=80)
    message = models.TextField()
    stars = models.PositiveSmallIntegerField(default=3)
    may_contact = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["id"]

    def __str__(self):
        return self.subject


class AuditRecord(models.Model):
    """Written by nobody through the admin: view-only for everyone."""

    happened_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=40)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["happened_at"]

    def __str__(self):
        return f"{self.actor} {self.action}"


class Task(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Open"
        DOING = "doing", "In progress"
        DONE = "done", "Done"

    title = models.CharField(max_length=80)
    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    body = models.TextField(blank=True)
    assignee = models.ForeignKey(Employee, models.SET_NULL, null=True, blank=True)
    product = models.ForeignKey(Product, models.SET_NULL, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_at = models.DateTimeField(null=True, blank=True)
    estimate = models.DurationField(null=True, blank=True)
    checklist = models.JSONField(default=list, blank=True)
    is_urgent = models.BooleanField("urgent", default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title

    def is_locked(self):
        return self.title.startswith("Locked")


class Mailbox(models.Model):
    """Its form asks for the passcode in a password input, which never shows what is stored."""

    name = models.CharField(max_length=60, unique=True)
    host = models.CharField(max_length=120)
    port = models.PositiveIntegerField(default=993)
    login = models.CharField(max_length=60)
    passcode = models.CharField(max_length=60, blank=True)
    secret_word = models.CharField(max_length=60)
    use_tls = models.BooleanField("use TLS", default=True)

    class Meta:
        verbose_name_plural = "mailboxes"
        ordering = ["name"]

    def __str__(self):
        return self.name
