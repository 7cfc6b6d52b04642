import hashlib

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.html import format_html

from lab.models import Keyword, KeywordUse, Specimen, Survey

if settings.SHEETS:
    from lab import sheets as sheets


@admin.register(Specimen)
class SpecimenAdmin(admin.ModelAdmin):
    list_display = ["code", "char", "big_integer", "decimal", "float", "datetime", "url", "file"]
    search_fields = ["code", "char"]
    radio_fields = {"radio_choice": admin.HORIZONTAL}
    actions = ["raise_error", "say_everything", "say_a_lot", "say_who_asks"]

    @admin.action(description="Raise an error")
    def raise_error(self, request, queryset):
        raise RuntimeError("This action always fails.")

    @admin.action(description="Say something at every level")
    def say_everything(self, request, queryset):
        for level in (messages.INFO, messages.SUCCESS, messages.WARNING, messages.ERROR):
            self.message_user(request, f"said at level {level}", level)
        self.message_user(request, format_html("<b>{}</b> & more", "Bold"), extra_tags="loud")

    @admin.action(description="Say a lot")
    def say_a_lot(self, request, queryset):
        """More than the messages cookie holds, and hashes because that cookie is compressed."""
        words = [hashlib.sha256(bytes([number])).hexdigest() for number in range(100)]
        self.message_user(request, " ".join(words))

    @admin.action(description="Say who asks")
    def say_who_asks(self, request, queryset):
        """Shows what the request looks like from the inside."""
        agent = request.headers.get("User-Agent", "none")
        text = (
            f"{request.user} at {request.META['REMOTE_ADDR']}, {agent}, {request.get_full_path()}"
        )
        self.message_user(request, text)


class KeywordUseInline(admin.TabularInline):
    model = KeywordUse
    extra = 1


@admin.register(Keyword)
class KeywordAdmin(admin.ModelAdmin):
    list_display = ["word", "meaning", "weight", "broader"]
    list_editable = ["weight"]
    list_filter = ["broader"]
    search_fields = ["word", "meaning"]
    autocomplete_fields = ["broader"]
    inlines = [KeywordUseInline]
    actions = ["make_heavier"]

    def get_readonly_fields(self, request, obj=None):
        return ["word"] if obj else []

    @admin.action(description="Make selected keywords heavier", permissions=["change"])
    def make_heavier(self, request, queryset):
        changed = queryset.update(weight=F("weight") + 1)
        self.message_user(request, f"{changed} keywords are heavier.", messages.SUCCESS)


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin):
    """Draws its change page by hand and counts the reader; `?plain=1` shows the stock form."""

    list_display = ["title", "is_open", "times_read"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if "plain" in request.GET:
            return super().change_view(request, object_id, form_url, extra_context)
        survey = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, survey):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, survey):
                raise PermissionDenied
            Survey.objects.filter(pk=survey.pk).update(question=request.POST.get("question", ""))
            self.message_user(request, "The question was changed.", messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        Survey.objects.filter(pk=survey.pk).update(times_read=F("times_read") + 1)
        context = {
            **self.admin_site.each_context(request),
            "title": survey.title,
            "opts": self.model._meta,
            "survey": survey,
        }
        return TemplateResponse(request, "admin/lab/survey/edit.html", context)
