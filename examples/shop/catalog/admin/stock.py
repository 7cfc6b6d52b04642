from django.contrib import admin

from catalog.admin.inlines import StockLevelInline
from catalog.models import PriceChange, Review, Warehouse


@admin.register(Warehouse)
class WarehouseAdmin(admin.ModelAdmin):
    list_display = ["name", "city"]
    search_fields = ["name"]
    inlines = [StockLevelInline]


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["author", "product", "rating", "title", "is_hidden", "posted_at"]
    list_editable = ["is_hidden"]
    list_filter = ["rating", "is_hidden", "posted_at"]
    list_per_page = 10
    list_max_show_all = 50
    list_select_related = ["product"]
    search_fields = ["author", "title", "body"]
    date_hierarchy = "posted_at"
    raw_id_fields = ["product"]


@admin.register(PriceChange)
class PriceChangeAdmin(admin.ModelAdmin):
    """Kept off the index, yet its pages answer."""

    list_display = ["product", "old_price", "new_price", "changed_on"]
    autocomplete_fields = ["product"]

    def has_module_permission(self, request):
        return False
