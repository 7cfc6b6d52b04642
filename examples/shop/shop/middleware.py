import time

from django.conf import settings


def slow_down(get_response):
    """Hold every page back by SHOP_SLOW_MS, for tests of time limits and cancellation."""

    def middleware(request):
        if not request.path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            time.sleep(settings.SLOW_MS / 1000)
        return get_response(request)

    return middleware
