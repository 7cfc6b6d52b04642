"""A third admin site, whose login asks for the code on a page of its own, after the password."""

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth import login as log_in
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from shop.compat import login_not_required
from shop.sites import AdminSite

WAITING = "vault_waits_for"


class VaultSite(AdminSite):
    """Two steps as django-two-factor-auth takes them: both pages answer on one address with 200."""

    site_header = "Shop vault"

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        if request.method == "POST" and "token-otp_token" in request.POST:
            return self.second_step(request)
        form = AdminAuthenticationForm(request, data=request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return super().login(request, extra_context)
        request.session[WAITING] = str(form.get_user().pk)
        return self.code_page(request)

    def second_step(self, request):
        user = get_user_model().objects.filter(pk=request.session.get(WAITING, "")).first()
        if user is None:
            return HttpResponseRedirect(request.path)
        if request.POST["token-otp_token"] != settings.BACKOFFICE_CODE:
            return self.code_page(request, error="Invalid token.")
        del request.session[WAITING]
        log_in(request, user)
        return HttpResponseRedirect(reverse("vault:index"))

    def code_page(self, request, error=""):
        return TemplateResponse(request, "vault/code.html", {"error": error})


vault = VaultSite(name="vault")
