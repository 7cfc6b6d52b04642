from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import F

from ops.models import AuditRecord, Event, Feedback, Mailbox, ShopSettings, Task


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["occurred_at", "kind", "level", "message", "ip_address", "took", "actor"]
    list_filter = ["kind", "level", "occurred_at"]
    search_fields = ["message"]
    date_hierarchy = "occurred_at"
    list_select_related = ["actor"]
    show_full_result_count = False
    raw_id_fields = ["actor"]
    actions = ["escalate"]

    @admin.action(description="Escalate selected events", permissions=["change"])
    def escalate(self, request, queryset):
        changed = queryset.update(level=F("level") + 1)
        self.message_user(request, f"{changed} events escalated.", messages.SUCCESS)


@admin.register(ShopSettings)
class ShopSettingsAdmin(admin.ModelAdmin):
    """There is one row, and it stays."""

    list_display = ["name", "contact_email", "is_in_maintenance"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not ShopSettings.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class RemarkForm(ActionForm):
    """Without a remark Django runs no action at all and says "No action selected."."""

    remark = forms.CharField(max_length=60)


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    list_display = ["subject", "stars", "may_contact"]
    action_form = RemarkForm
    actions = ["answer", "file_away"]

    @admin.action(description="Answer selected feedback", permissions=["change"])
    def answer(self, request, queryset):
        changed = queryset.update(may_contact=False)
        text = f"{changed} answered: {request.POST['remark']}"
        self.message_user(request, text, messages.WARNING)

    @admin.action(description="File selected feedback away")
    def file_away(self, request, queryset):
        """Says nothing at all."""


@admin.register(AuditRecord)
class AuditRecordAdmin(admin.ModelAdmin):
    """View-only for everyone; its list has neither links nor check boxes."""

    list_display = ["happened_at", "actor", "action"]
    list_display_links = None
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin):
    list_display = ["title", "state", "assignee", "due_at", "estimate", "is_urgent"]
    list_editable = ["state", "is_urgent"]
    list_filter = ["state", "is_urgent", ("due_at", admin.EmptyFieldListFilter)]
    search_fields = ["title"]
    autocomplete_fields = ["assignee", "product"]
    save_as = True

    def has_change_permission(self, request, obj=None):
        """Django 6.1 asks for each row of the list too, and skips those that may not be changed."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_locked())

    def delete_queryset(self, request, queryset):
        """Keeps locked tasks, of which the admin reports the deletion all the same."""
        for task in queryset:
            if not task.is_locked():
                task.delete()


class MailboxForm(forms.ModelForm):
    class Meta:
        widgets = {"passcode": forms.PasswordInput}


@admin.register(Mailbox)
class MailboxAdmin(admin.ModelAdmin):
    form = MailboxForm
    list_display = ["name", "host", "port", "use_tls"]
