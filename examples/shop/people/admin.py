from django import forms
from django.contrib import admin
from django.urls import reverse

from ops.inlines import NoteInline
from people.models import Address, Customer, Employee


class AddressInline(admin.StackedInline):
    model = Address
    extra = 1
    max_num = 3


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "tier", "newsletter", "credit_limit", "joined_at"]
    list_filter = ["tier", "newsletter", "joined_at", "interests"]
    list_per_page = 20
    search_fields = ["name", "email"]
    autocomplete_fields = ["referred_by"]
    raw_id_fields = ["interests"]
    radio_fields = {"tier": admin.VERTICAL}
    date_hierarchy = "joined_at"
    inlines = [AddressInline, NoteInline]

    def view_on_site(self, customer):
        return reverse("customer", args=[customer.pk])


@admin.register(Address)
class AddressAdmin(admin.ModelAdmin):
    list_display = ["customer", "kind", "street", "city"]
    list_filter = ["kind", "city"]
    search_fields = ["street", "city"]
    autocomplete_fields = ["customer"]


class EmployeeForm(forms.ModelForm):
    class Meta:
        widgets = {
            "hired_on": forms.SelectDateWidget(years=range(2000, 2031)),
            "skills": forms.CheckboxSelectMultiple,
        }


@admin.register(Employee)
class EmployeeAdmin(admin.ModelAdmin):
    form = EmployeeForm
    list_display = ["name", "department", "manager", "hired_on", "shift_start", "hourly_rate"]
    list_filter = ["department", ("manager", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name"]
    autocomplete_fields = ["manager"]
    readonly_fields = ["id"]
