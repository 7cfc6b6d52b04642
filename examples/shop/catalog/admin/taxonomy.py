from django.contrib import admin
from django.db.models import Count

from catalog.models import Brand, Category, Supplier, Tag


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "parent", "position", "is_visible", "product_count"]
    list_editable = ["position", "is_visible"]
    list_filter = ["is_visible", ("parent", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "slug"]
    search_help_text = "Looks in name and slug."
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(product_total=Count("products"))

    @admin.display(description="products", ordering="product_total")
    def product_count(self, category):
        return category.product_total


@admin.register(Brand)
class BrandAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "website", "founded"]
    search_fields = ["name"]
    ordering = ["name"]
    save_on_top = True


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "email", "rating", "is_preferred"]
    list_display_links = ["name", "email"]
    list_filter = ["country", "is_preferred"]
    search_fields = ["name", "email"]
    sortable_by = ["name", "rating"]
    empty_value_display = "(none)"


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
