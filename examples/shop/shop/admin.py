"""What the second admin site shows: the everyday models, users, and the log of both sites."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model

from catalog.admin.product import ProductAdmin
from catalog.admin.taxonomy import SupplierAdmin
from catalog.models import Product, Supplier
from ops.admin import TaskAdmin
from ops.models import Task
from people.admin import CustomerAdmin, EmployeeAdmin
from people.models import Customer, Employee
from sales.admin.order import OrderAdmin
from sales.models import Order
from shop.sites import backoffice
from shop.vault import vault

backoffice.register(Product, ProductAdmin)
backoffice.register(Supplier, SupplierAdmin)
backoffice.register(Customer, CustomerAdmin)
backoffice.register(Employee, EmployeeAdmin)
backoffice.register(Order, OrderAdmin)
backoffice.register(Task, TaskAdmin)
vault.register(Supplier, SupplierAdmin)


@admin.register(get_user_model(), site=backoffice)
class DeskUserAdmin(admin.ModelAdmin):
    fields = ["is_active", "is_staff", "groups"]
    search_fields = [get_user_model().USERNAME_FIELD]


@admin.register(LogEntry, site=backoffice)
class LogEntryAdmin(admin.ModelAdmin):
    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag"]
    list_filter = ["action_flag", "content_type"]
    date_hierarchy = "action_time"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
