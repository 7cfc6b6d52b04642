from django.contrib import admin

from catalog.models import PriceChange, Review, StockLevel


class StockLevelInline(admin.TabularInline):
    """The through model of Warehouse.products."""

    model = StockLevel
    extra = 1
    autocomplete_fields = ["product"]


class VisibleReviewInline(admin.StackedInline):
    """Hidden reviews are kept out of the product's page."""

    model = Review
    extra = 0
    show_change_link = True
    readonly_fields = ["posted_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_hidden=False)

    def has_add_permission(self, request, obj=None):
        return False  # posted_at is set by the public site


class PriceChangeInline(admin.TabularInline):
    model = PriceChange
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
