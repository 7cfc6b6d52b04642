from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from catalog.models import Product
from people.models import Customer
from shop.compat import login_not_required


@login_not_required
def health(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def product_page(request, slug):
    """The public page that the admin's "view on site" leads to."""
    product = get_object_or_404(Product, slug=slug)
    return HttpResponse(
        format_html("<title>{0}</title><h1>{0}</h1><p>{1}</p>", product.name, product.price)
    )


@login_not_required
def customer_page(request, pk):
    customer = get_object_or_404(Customer, pk=pk)
    return HttpResponse(format_html("<title>{0}</title><h1>{0}</h1>", customer.name))
