from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from sales.admin.inlines import OrderLineInline, PaymentInline, ShipmentInline
from sales.models import Invoice, Order, OrderLine
from shop.compat import also_on_change_form


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = [
        "number",
        "customer",
        "channel",
        "status",
        "placed_at",
        "due_on",
        "priority",
        "is_paid",
        "total",
    ]
    list_editable = ["status", "priority", "is_paid"]
    list_filter = ["status", "channel", "is_paid", "placed_at", "handled_by"]
    list_per_page = 25
    list_select_related = ["customer", "channel"]
    search_fields = ["number", "customer__name"]
    date_hierarchy = "placed_at"
    autocomplete_fields = ["customer"]
    raw_id_fields = ["shipping_address"]
    radio_fields = {"channel": admin.VERTICAL}
    readonly_fields = ["total"]
    inlines = [OrderLineInline, PaymentInline, ShipmentInline]
    actions = ["mark_paid", "open_campaigns", "check_addresses"]
    view_on_site = False

    @admin.display(description="total")
    def total(self, order):
        return order.total() if order.pk else None

    @also_on_change_form
    @admin.action(description="Mark selected orders as paid", permissions=["change"])
    def mark_paid(self, request, queryset):
        changed = queryset.update(is_paid=True, status=Order.Status.PAID)
        self.message_user(request, f"{changed} orders marked as paid.", messages.SUCCESS)

    @admin.action(description="Go to the campaigns")
    def open_campaigns(self, request, queryset):
        return HttpResponseRedirect(reverse("admin:sales_campaign_changelist"))

    @admin.action(description="Check the addresses of selected orders")
    def check_addresses(self, request, queryset):
        """Changes nothing and only reports."""
        missing = queryset.filter(shipping_address=None).count()
        self.message_user(request, f"{missing} orders have no address.", messages.WARNING)


@admin.register(OrderLine)
class OrderLineAdmin(admin.ModelAdmin):
    list_display = ["order", "product", "quantity", "unit_price", "is_gift"]
    list_filter = ["is_gift"]
    list_select_related = ["order", "product"]
    autocomplete_fields = ["order", "product"]
    filter_horizontal = ["labels"]


@admin.register(Invoice)
class InvoiceAdmin(admin.ModelAdmin):
    """A final invoice is locked: it can be viewed, not changed or deleted."""

    list_display = ["number", "order", "issued_on", "amount", "is_final"]
    list_filter = ["is_final", "issued_on"]
    search_fields = ["number"]
    autocomplete_fields = ["order"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_final)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_final)
