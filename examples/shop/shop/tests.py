"""Every page of the admin answers for every user: `manage.py test`."""

import shutil
import tempfile
from pathlib import Path
from unittest import skipIf

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.test import TestCase, override_settings
from django.urls import reverse

from shop.inspection import answer
from shop.seeding import seed
from shop.seeding.users import PASSWORD, email_of, user
from shop.sites import backoffice

EVERY_ROW, FEW_ROWS = 60, 3  # of each model; only order lines and log entries have more
SMALL = 35  # rows of a model whose history and delete pages are walked in full as well
MEDIA = Path(tempfile.mkdtemp())


def login_name(name):
    return name if get_user_model().USERNAME_FIELD == "username" else email_of(name)


@override_settings(MEDIA_ROOT=MEDIA)
class AdminPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        seed(events=30)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        shutil.rmtree(MEDIA, ignore_errors=True)

    def log_in(self, name, site="admin", **extra):
        self.client.logout()
        form = {"username": login_name(name), "password": PASSWORD, **extra}
        return self.client.post(reverse(f"{site}:login"), form)

    def walk(self, site, rows=FEW_ROWS):
        """Status of every page: `{url: status}`. A page that raises fails the test."""
        statuses = {}
        for model in site._registry:
            names = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}"
            urls = [reverse(f"{names}_changelist"), reverse(f"{names}_add")]
            keys = list(model._base_manager.values_list("pk", flat=True)[:rows])
            for number, key in enumerate(keys):
                pages = ["change"]
                if number < FEW_ROWS or len(keys) <= SMALL:
                    pages += ["history", "delete"]
                urls += [reverse(f"{names}_{page}", args=[quote(key)]) for page in pages]
            for url in urls:
                with self.subTest(url):
                    statuses[url] = self.client.get(url).status_code
        return statuses

    def test_opens_every_page_for_the_superuser(self):
        self.assertEqual(self.log_in("admin").status_code, 302)
        statuses = self.walk(admin.site, EVERY_ROW)
        self.assertEqual(set(statuses.values()), {200, 302, 403})
        refused = {url for url, status in statuses.items() if status == 403}
        for url in refused:
            self.assertRegex(url, "auditrecord|shopsettings|featuredproduct/add|invoice/.*/delete")

    def test_answers_every_page_for_narrower_staff(self):
        for name in ("clerk", "viewer", "intake"):
            with self.subTest(name):
                self.assertEqual(self.log_in(name).status_code, 302)
                self.assertLessEqual(set(self.walk(admin.site).values()), {200, 302, 403})

    def test_refuses_users_who_are_not_active_staff(self):
        for name in ("customer", "retired"):
            with self.subTest(name):
                self.assertEqual(self.log_in(name).status_code, 200)

    def test_asks_for_a_code_in_the_back_office(self):
        self.assertEqual(self.log_in("admin", "backoffice", otp="000000").status_code, 200)
        code = settings.BACKOFFICE_CODE
        self.assertEqual(self.log_in("admin", "backoffice", otp=code).status_code, 302)
        self.assertLessEqual(set(self.walk(backoffice).values()), {200, 302, 403})
        self.assertContains(self.client.get(reverse("backoffice:index")), "Everyday")

    def test_asks_for_a_code_after_the_password_in_the_vault(self):
        self.assertContains(self.log_in("admin", "vault"), "token-otp_token")
        url = reverse("vault:login")
        for code, status in (("000000", 200), (settings.BACKOFFICE_CODE, 302)):
            page = self.client.post(url, {"token-otp_token": code})
            self.assertEqual(page.status_code, status)
        self.assertEqual(self.client.get(reverse("vault:index")).status_code, 200)

    def test_shows_the_pages_beside_the_stock_ones(self):
        self.log_in("admin")
        for page in ("1/report/", "calendar/"):
            url = reverse("admin:sales_campaign_changelist") + page
            self.assertEqual(self.client.get(url).status_code, 200)
        for url in ("/healthz/", "/products/oak-stool/", "/customers/1/"):
            self.assertEqual(self.client.get(url).status_code, 200)

    def test_runs_every_action(self):
        self.log_in("admin")
        for model, model_admin in admin.site._registry.items():
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            for name in model_admin.actions or []:
                name = name if isinstance(name, str) else name.__name__
                row = model._base_manager.first()
                form = {"action": name, "_selected_action": [row.pk]}
                with self.subTest(f"{url} {name}"):
                    if name == "raise_error":
                        with self.assertRaises(RuntimeError):
                            self.client.post(url, form)
                    else:
                        self.assertIn(self.client.post(url, form).status_code, {200, 302})

    def test_asks_before_it_discounts(self):
        self.log_in("admin")
        url = reverse("admin:catalog_product_changelist")
        form = {"action": "discount", "_selected_action": [1], "apply": "yes", "percent": "50"}
        query = {"model": "catalog.product", "filter": {"pk": 1}, "fields": ["price"]}
        before = float(answer(query)["rows"][0]["price"])
        self.assertEqual(self.client.post(url, {**form, "percent": "95"}).status_code, 200)
        self.assertEqual(self.client.post(url, form).status_code, 302)
        after = float(answer(query)["rows"][0]["price"])
        self.assertAlmostEqual(after, before / 2, delta=0.01)

    def test_lets_the_clerk_see_only_own_quotes(self):
        self.log_in("clerk")
        owned = {quote.pk for quote in user("clerk").quotes.all()}
        self.assertTrue(owned)
        for quoted in apps.get_model("sales.quote").objects.all():
            url = reverse("admin:sales_quote_change", args=[quoted.pk])
            status = self.client.get(url).status_code
            self.assertEqual(status, 200 if quoted.pk in owned else 302)

    def test_names_the_missing_right_when_the_clerk_deletes_an_order(self):
        self.log_in("clerk")
        url = reverse("admin:sales_order_delete", args=[20])
        self.assertContains(self.client.get(url), "order line")
        self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)

    @skipIf(not settings.REST_API, "django-admin-rest-api is not installed")
    def test_mounts_the_rest_api(self):
        self.log_in("admin")
        self.assertEqual(self.client.get("/api/v1/registry/").status_code, 200)
        spec = self.client.get("/api/v1/sales/campaign/1/form-spec/").json()
        self.assertEqual(spec["renderer"], "html-fragment")
