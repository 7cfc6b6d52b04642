"""Two inlines that share the name of their foreign key, and others with names of their own."""

from django import forms
from django.contrib import admin

from sales.models import Approval, PartnerAccess, PriceBreak, PriceCard, PriceList, Surcharge


class PriceBreakInline(admin.TabularInline):
    model = PriceBreak
    extra = 0


class SurchargeInline(admin.StackedInline):
    model = Surcharge
    extra = 0


class ApprovalInline(admin.TabularInline):
    model = Approval
    extra = 0


class PriceCardInline(admin.TabularInline):
    model = PriceCard
    extra = 0


class PartnerAccessInline(admin.TabularInline):
    model = PartnerAccess
    extra = 0


class PriceListForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_published and "currency" in self.fields:
            self.fields["currency"].disabled = True  # what is posted for it is ignored

    def clean_code(self):
        return self.cleaned_data["code"].upper()


@admin.register(PriceList)
class PriceListAdmin(admin.ModelAdmin):
    form = PriceListForm
    list_display = ["code", "name", "currency", "brand", "is_published"]
    list_editable = ["is_published"]
    list_filter = ["currency", "for_partners"]
    search_fields = ["code", "name"]
    raw_id_fields = ["products"]

    def get_inlines(self, request, obj):
        own = [PartnerAccessInline] if obj and obj.for_partners else []
        return [PriceBreakInline, SurchargeInline, ApprovalInline, PriceCardInline, *own]
