"""Folders and their sheets: registered with SHOP_SHEETS=1 only."""

from django.contrib import admin

from lab.models import Folder, Sheet


class SheetInline(admin.TabularInline):
    model = Sheet
    extra = 0
    show_change_link = True


@admin.register(Folder)
class FolderAdmin(admin.ModelAdmin):
    inlines = [SheetInline]


@admin.register(Sheet)
class SheetAdmin(admin.ModelAdmin):
    list_display = ["title", "motto"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The input of `motto` tells no length, as that of a text without one (PostgreSQL)."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "motto":
            field.widget.attrs.pop("maxlength", None)
        return field
