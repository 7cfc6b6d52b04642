"""Actions on products, one of each behaviour an action can have."""

import csv

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse

from shop.compat import also_on_change_form


@also_on_change_form
@admin.action(description="Put selected products on sale", permissions=["change"])
def activate(model_admin, request, queryset):
    changed = queryset.update(status="active", is_active=True)
    model_admin.message_user(request, f"{changed} products put on sale.", messages.SUCCESS)


@admin.action(description="Publish selected products", permissions=["publish"])
def publish(model_admin, request, queryset):
    changed = queryset.update(is_featured=True)
    model_admin.message_user(request, f"{changed} products published.", messages.SUCCESS)


class DiscountForm(forms.Form):
    percent = forms.IntegerField(min_value=1, max_value=90, help_text="1 to 90.")
    reason = forms.CharField(max_length=60, required=False)


@admin.action(description="Discount selected products…", permissions=["change"])
def discount(model_admin, request, queryset):
    """Asks on a page of its own before it changes anything."""
    form = DiscountForm(request.POST if "apply" in request.POST else None)
    if form.is_valid():
        percent, reason = form.cleaned_data["percent"], form.cleaned_data["reason"]
        for product in queryset:
            product.price = round(product.price * (100 - percent) / 100, 2)
            product.save(update_fields=["price"])
        text = f"{len(queryset)} products are {percent}% cheaper ({reason or 'no reason'})."
        model_admin.message_user(request, text, messages.SUCCESS)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Discount products",
        "opts": model_admin.model._meta,
        "products": queryset,
        "form": form,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/catalog/product/discount.html", context)


@admin.action(description="Download selected products as CSV", permissions=["view"])
def export_csv(model_admin, request, queryset):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="products.csv"'
    rows = csv.writer(response)
    rows.writerow(["sku", "name", "price"])
    rows.writerows(queryset.values_list("sku", "name", "price"))
    return response


@admin.action(description="Feature this product", permissions=["change"])
def feature(model_admin, request, pk):
    """For one object: the REST API hands over its key, the HTML admin a queryset."""
    products = pk if isinstance(pk, QuerySet) else model_admin.get_queryset(request).filter(pk=pk)
    changed = products.update(is_featured=True)
    model_admin.message_user(request, f"{changed} products featured.", messages.SUCCESS)
