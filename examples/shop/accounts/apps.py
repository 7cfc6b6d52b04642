from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The user model with an e-mail address for a name; installed with SHOP_USER_MODEL=email."""

    name = "accounts"
