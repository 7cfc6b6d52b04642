"""Models without tables, as many as the largest of SHOP_CROWD: what a large admin costs."""

from django.conf import settings
from django.db import models


def member(number):
    meta = type("Meta", (), {"managed": False, "verbose_name": f"member {number}"})
    attributes = {"__module__": __name__, "Meta": meta, "name": models.CharField(max_length=20)}
    return type(f"Member{number:03}", (models.Model,), attributes)


MEMBERS = [member(number) for number in range(max(settings.CROWD, default=0))]
