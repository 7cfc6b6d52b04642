"""The second admin site: few models, a login that asks for a code, groups of its own."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm

if settings.THEME == "unfold":  # its templates need URLs that only its own site has
    from unfold.sites import UnfoldAdminSite as AdminSite
else:
    AdminSite = admin.AdminSite


class CodeLoginForm(AdminAuthenticationForm):
    otp = forms.CharField(label="One-time code", max_length=6)

    def clean_otp(self):
        otp = self.cleaned_data["otp"]
        if otp != settings.BACKOFFICE_CODE:
            raise forms.ValidationError("That code is not valid.", code="invalid_otp")
        return otp


class BackofficeSite(AdminSite):
    site_header = "Shop back office"
    site_title = "Back office"
    index_title = "Desk"
    login_form = CodeLoginForm
    login_template = "backoffice/login.html"

    everyday = {"Order", "Customer", "Task"}

    def get_app_list(self, request, *args, **kwargs):
        apps = super().get_app_list(request, *args, **kwargs)
        if args or kwargs:  # one app's own page asks for that app only
            return apps
        everyday = []
        for app in apps:
            everyday += [model for model in app["models"] if model["object_name"] in self.everyday]
            app["models"] = [
                model for model in app["models"] if model["object_name"] not in self.everyday
            ]
        group = {
            "name": "Everyday",
            "app_label": "everyday",
            "app_url": request.path,
            "has_module_perms": True,
            "models": everyday,
        }
        return [group] * bool(everyday) + [app for app in apps if app["models"]]


backoffice = BackofficeSite(name="backoffice")
