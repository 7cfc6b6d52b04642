from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles.views import serve as serve_static
from django.urls import include, path, re_path
from django.views.static import serve as serve_media

from shop import views
from shop.compat import login_not_required
from shop.sites import backoffice
from shop.themes import theme_urls
from shop.vault import vault

urlpatterns = [
    path("healthz/", views.health),
    path("products/<slug:slug>/", views.product_page, name="product"),
    path("customers/<int:pk>/", views.customer_page, name="customer"),
    *theme_urls(settings.THEME),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("backoffice/", backoffice.urls),
    path("vault/", vault.urls),
    # Files are served by Django itself, with DEBUG off too: this is a demo without a web server.
    re_path(r"^static/(?P<path>.*)$", login_not_required(serve_static), {"insecure": True}),
    re_path(
        r"^media/(?P<path>.*)$",
        login_not_required(serve_media),
        {"document_root": settings.MEDIA_ROOT},
    ),
]

if settings.REST_API:
    urlpatterns.append(path("", include("django_admin_rest_api.urls")))
if settings.MCP_REFERENCE:
    urlpatterns.append(path("reference-mcp/", include("django_admin_mcp_api.urls")))
if settings.CROWD:
    from crowd.sites import SITES

    urlpatterns += [path(f"crowd/{size}/", site.urls) for size, site in SITES.items()]
