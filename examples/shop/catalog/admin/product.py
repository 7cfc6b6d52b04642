from django.contrib import admin
from django.db.models import DecimalField as Decimals
from django.db.models import ExpressionWrapper, F
from django.utils.html import format_html

from catalog.admin.actions import activate, discount, export_csv, feature, publish
from catalog.admin.filters import PriceBandFilter
from catalog.admin.inlines import PriceChangeInline, StockLevelInline, VisibleReviewInline
from catalog.models import FeaturedProduct, Product
from ops.inlines import NoteInline


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = [
        "name",
        "sku",
        "category",
        "brand",
        "status",
        "price",
        "margin",
        "stock",
        "in_stock",
        "is_active",
        "is_fragile",
        "released_on",
        "available_from",
        "lead_time",
        "manual",
        "badge",
    ]
    list_filter = [
        "status",
        "season",
        "is_active",
        "is_fragile",
        "category",
        ("supplier", admin.RelatedOnlyFieldListFilter),
        "supplier__country",
        "tags",
        "released_on",
        "available_from",
        ("description", admin.EmptyFieldListFilter),
        ("origin", admin.AllValuesFieldListFilter),
        PriceBandFilter,
    ]
    list_per_page = 20
    date_hierarchy = "released_on"
    search_fields = ["name", "sku", "=barcode", "brand__name"]
    search_help_text = "Looks in name, SKU, barcode and brand."
    empty_value_display = "(empty)"
    actions = [activate, publish, discount, export_csv, feature]
    save_on_top = True

    fieldsets = [
        (None, {"fields": ["name", "slug", ("sku", "barcode"), "status", "is_active"]}),
        (
            "Trade",
            {
                "fields": [
                    ("price", "cost", "margin"),
                    ("stock", "min_order"),
                    "category",
                    "brand",
                    "supplier",
                    "season",
                    "lead_time",
                ],
                "description": "What the shop pays, asks and <em>keeps</em>.",
            },
        ),
        ("Dates", {"fields": ["released_on", "available_from"]}),
        (
            "Details",
            {
                "classes": ["collapse"],
                "fields": [
                    "description",
                    "origin",
                    "weight",
                    "is_fragile",
                    "is_featured",
                    "attributes",
                    "photo",
                    "manual",
                    "tags",
                    "collections",
                    "related",
                    "created_by",
                    "badge",
                ],
            },
        ),
    ]
    autocomplete_fields = ["supplier"]
    raw_id_fields = ["created_by", "related"]
    filter_horizontal = ["tags"]
    radio_fields = {"status": admin.HORIZONTAL}
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["margin", "badge"]
    inlines = [StockLevelInline, VisibleReviewInline, PriceChangeInline, NoteInline]

    # Read by django-admin-rest-api; to Django it is an unknown attribute.
    panels = {"stock": "stock_panel", "reviews": "review_panel"}

    def get_queryset(self, request):
        margin = ExpressionWrapper(F("price") - F("cost"), output_field=Decimals())
        return super().get_queryset(request).annotate(price_less_cost=margin)

    def has_publish_permission(self, request):
        return request.user.has_perm("catalog.publish_product")

    @admin.display(ordering="price_less_cost", empty_value="no cost")
    def margin(self, product):
        return getattr(product, "price_less_cost", None)

    @admin.display(boolean=True, description="in stock?")
    def in_stock(self, product):
        return product.stock > 0

    @admin.display(description="badge")
    def badge(self, product):
        return format_html("<b>{}</b> {}", product.sku, product.get_status_display())

    def stock_panel(self, request, product):
        levels = product.stocklevel_set.select_related("warehouse").order_by("warehouse__name")
        return {"levels": [[level.warehouse.name, level.quantity] for level in levels]}

    def review_panel(self, request, product):
        return {"count": product.reviews.filter(is_hidden=False).count()}


@admin.register(FeaturedProduct)
class FeaturedProductAdmin(admin.ModelAdmin):
    """A proxy: the same table, fewer rows and fields."""

    list_display = ["name", "sku", "price", "is_active"]
    list_editable = ["price", "is_active"]
    list_filter = ["status"]
    search_fields = ["name"]
    fields = ["name", "price", "is_active", "is_featured"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_featured=True)

    def has_add_permission(self, request):
        return False
