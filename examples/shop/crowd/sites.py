"""One admin site for each number in SHOP_CROWD, with that many models."""

from django.conf import settings
from django.contrib.admin import AdminSite

from crowd.models import MEMBERS


def crowd_site(size):
    site = AdminSite(name=f"crowd-{size}")
    site.register(MEMBERS[:size])
    return site


SITES = {size: crowd_site(size) for size in settings.CROWD}
