from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from sales.models import Channel, Promotion, Quote


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "api_token", "hashtag"]
    list_editable = ["api_token", "hashtag"]
    list_filter = ["kind"]
    search_fields = ["name"]
    radio_fields = {"kind": admin.HORIZONTAL}


@admin.register(Quote)
class QuoteAdmin(admin.ModelAdmin):
    """Staff see their own quotes; a superuser sees all."""

    list_display = ["title", "owner", "customer", "amount", "valid_until"]
    search_fields = ["title"]
    autocomplete_fields = ["customer"]
    exclude = ["owner"]
    save_as = True
    save_as_continue = False

    def get_queryset(self, request):
        quotes = super().get_queryset(request)
        return quotes if request.user.is_superuser else quotes.filter(owner=request.user)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.owner = request.user
        super().save_model(request, obj, form, change)


class PromotionForm(forms.ModelForm):
    def clean_code(self):
        code = self.cleaned_data["code"]
        if code != code.upper():
            raise ValidationError("Write the code in capitals.", code="lowercase")
        return code

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            raise ValidationError("A promotion ends after it starts.", code="order")
        return data


@admin.register(Promotion)
class PromotionAdmin(admin.ModelAdmin):
    form = PromotionForm
    list_display = [
        "code",
        "title",
        "percent",
        "starts_at",
        "ends_at",
        "is_stackable",
        "teaser",
        "small_print",
    ]
    list_editable = ["percent", "is_stackable", "teaser", "small_print"]
    search_fields = ["code", "title"]
    filter_vertical = ["categories"]
    raw_id_fields = ["products"]
    autocomplete_fields = ["customers"]
