from django.contrib import admin


class PriceBandFilter(admin.SimpleListFilter):
    title = "price band"
    parameter_name = "band"

    bands = {"low": (0, 50), "middle": (50, 200), "high": (200, 10**8)}

    def lookups(self, request, model_admin):
        return [("low", "Below 50"), ("middle", "50 to 200"), ("high", "200 and more")]

    def queryset(self, request, queryset):
        if self.value() not in self.bands:
            return queryset
        low, high = self.bands[self.value()]
        return queryset.filter(price__gte=low, price__lt=high)
