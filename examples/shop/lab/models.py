from pathlib import Path

from django.db import models

SAMPLES = Path(__file__).resolve().parent / "samples"


def samples_dir():
    return str(SAMPLES)


def next_code():
    return "SP-NEW"


class Specimen(models.Model):
    """One field of every built-in type, named after the type."""

    CHOICES = [("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")]
    GROUPED = [
        ("Letters", [("x", "Ex"), ("y", "Why")]),
        ("Digits", [("1", "One"), ("2", "Two")]),
        ("other", "Other"),
    ]
    SIZES = [(1, "Small"), (2, "Medium"), (3, "Large")]

    code = models.CharField(max_length=20, unique=True, default=next_code)
    char = models.CharField(max_length=60)
    nullable_char = models.CharField(max_length=60, null=True, blank=True)
    slug = models.SlugField(blank=True)
    text = models.TextField(blank=True)
    nullable_text = models.TextField(null=True, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    integer = models.IntegerField(null=True, blank=True)
    small_integer = models.SmallIntegerField(null=True, blank=True)
    positive_integer = models.PositiveIntegerField(null=True, blank=True)
    positive_small_integer = models.PositiveSmallIntegerField(null=True, blank=True)
    big_integer = models.BigIntegerField(null=True, blank=True)
    positive_big_integer = models.PositiveBigIntegerField(null=True, blank=True)
    decimal = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    float = models.FloatField(null=True, blank=True)
    boolean = models.BooleanField(default=True)
    nullable_boolean = models.BooleanField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    time = models.TimeField(null=True, blank=True)
    datetime = models.DateTimeField(null=True, blank=True)
    duration = models.DurationField(null=True, blank=True)
    uuid = models.UUIDField(null=True, blank=True)
    json = models.JSONField(null=True, blank=True)
    file = models.FileField(upload_to="specimens", blank=True)
    image = models.ImageField(upload_to="specimens", blank=True)
    file_path = models.FilePathField(path=samples_dir, blank=True)
    binary = models.BinaryField(null=True, blank=True)
    choice = models.CharField(max_length=1, choices=CHOICES, blank=True)
    grouped_choice = models.CharField(max_length=5, choices=GROUPED, blank=True)
    radio_choice = models.PositiveSmallIntegerField(choices=SIZES, default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.code


class Keyword(models.Model):
    """Its primary key is free text; the seeded ones are hard to put in a URL."""

    word = models.CharField(max_length=60, primary_key=True)
    meaning = models.CharField(max_length=120, blank=True)
    weight = models.IntegerField(default=1)
    broader = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="narrower"
    )

    class Meta:
        ordering = ["word"]

    def __str__(self):
        return self.word


class KeywordUse(models.Model):
    keyword = models.ForeignKey(Keyword, models.CASCADE, related_name="uses")
    sentence = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.sentence


class Survey(models.Model):
    """Its change page is drawn by hand and counts how often it was read."""

    title = models.CharField(max_length=80)
    question = models.TextField()
    is_open = models.BooleanField("open", default=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    times_read = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title


class Folder(models.Model):
    """Has sheets, whose nullable texts are posted back with every change of a row."""

    title = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title


class Sheet(models.Model):
    folder = models.ForeignKey(Folder, models.CASCADE, related_name="sheets")
    title = models.CharField(max_length=40)
    motto = models.CharField(max_length=80, null=True, blank=True)
    remark = models.TextField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title
