"""Three inlines whose foreign key to the order has the same name."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from sales.models import OrderLine, Payment, Shipment

MAX_PIECES = 1_000


class OrderLineFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [
            form.cleaned_data
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        if sum(line.get("quantity") or 0 for line in kept) > MAX_PIECES:
            raise ValidationError(f"An order holds at most {MAX_PIECES} pieces.")


class OrderLineInline(admin.TabularInline):
    model = OrderLine
    formset = OrderLineFormSet
    extra = 1
    autocomplete_fields = ["product"]
    show_change_link = True


class PaymentInline(admin.StackedInline):
    model = Payment
    extra = 0
    max_num = 2


class ShipmentInline(admin.TabularInline):
    model = Shipment
    extra = 0
