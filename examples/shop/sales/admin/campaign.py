from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from sales.models import Campaign


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

# What an object's page may send: content, type, and the name that it gives the file.
FILES = {
    "poster": (PNG, "image/png", "../../poster.png"),
    "figures": (
        "Straße;Kosten\nLindenstraße;12 €\n".encode("cp1252"),
        "text/csv; charset=windows-1252",
        "figures.csv",
    ),
    "archive": (bytes(300 * 1024), "application/zip", "archive.zip"),
}


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    """A change form with its own template, and pages of its own beside the stock ones."""

    list_display = ["name", "state", "budget", "clicks", "runs"]
    list_filter = ["state"]
    readonly_fields = ["runs", "cost_per_click"]
    change_form_template = "admin/sales/campaign/edit.html"
    panels = {"report": "report_panel"}

    @admin.display(description="cost per click")
    def cost_per_click(self, campaign):
        """Fails for zero clicks: saving that works, showing the saved row does not."""
        return round(campaign.budget / campaign.clicks, 2) if campaign.pk else None

    def get_urls(self):
        admin_view = self.admin_site.admin_view
        return [
            path("calendar/", admin_view(self.calendar_view), name="sales_campaign_calendar"),
            path(
                "<path:object_id>/report/",
                admin_view(self.report_view),
                name="sales_campaign_report",
            ),
            path("<path:object_id>/run/", admin_view(self.run_view), name="sales_campaign_run"),
            *[
                path(f"<path:object_id>/{name}/", admin_view(self.file_view), {"name": name})
                for name in FILES
            ],
            *super().get_urls(),
        ]

    def response_change(self, request, obj):
        if "_start" in request.POST:
            Campaign.objects.filter(pk=obj.pk).update(state="running")
            self.message_user(request, f"{obj} has started.", messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def calendar_view(self, request):
        return self._page(request, "calendar", campaigns=self.get_queryset(request))

    def report_view(self, request, object_id):
        """A table, a list, a form that adds clicks, and a link that changes data by GET."""
        campaign = self._campaign(request, object_id)
        if request.method == "POST":
            if not self.has_change_permission(request, campaign):
                raise PermissionDenied
            clicks = request.POST.get("clicks", "")
            if clicks.isdigit():
                Campaign.objects.filter(pk=campaign.pk).update(clicks=F("clicks") + int(clicks))
                self.message_user(request, f"{clicks} clicks added.", messages.SUCCESS)
                return HttpResponseRedirect(request.path)
            self.message_user(request, "Clicks must be a number.", messages.ERROR)
        return self._page(request, "report", campaign=campaign, weeks=self._weeks(campaign))

    def run_view(self, request, object_id):
        """Mutates on GET, as pages that should not be followed blindly do."""
        campaign = self._campaign(request, object_id)
        Campaign.objects.filter(pk=campaign.pk).update(runs=F("runs") + 1)
        self.message_user(request, f"{campaign} was run.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:sales_campaign_report", args=[campaign.pk]))

    def file_view(self, request, object_id, name):
        """A file instead of a page."""
        self._campaign(request, object_id)
        content, content_type, file_name = FILES[name]
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response

    def report_panel(self, request, campaign):
        return {"weeks": self._weeks(campaign), "runs": campaign.runs}

    def _campaign(self, request, object_id):
        campaign = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, campaign):
            raise PermissionDenied
        return campaign

    def _weeks(self, campaign):
        return [[f"Week {week}", campaign.clicks // 4 * week] for week in range(1, 5)]

    def _page(self, request, name, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": name.capitalize(),
            "opts": self.model._meta,
            **context,
        }
        return TemplateResponse(request, f"admin/sales/campaign/{name}.html", context)
