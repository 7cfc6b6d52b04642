from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DemoHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few rounds.

    The demo passwords are public, and at the stock cost logging in would be
    most of what the tests and the benchmarks measure.
    """

    algorithm = "pbkdf2_demo"
    iterations = 1_000
