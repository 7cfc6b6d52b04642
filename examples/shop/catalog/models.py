from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse


class Category(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_visible = models.BooleanField("visible", default=True)
    description = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Brand(models.Model):
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    website = models.URLField(blank=True)
    founded = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Supplier(models.Model):
    COUNTRIES = [
        ("Europe", [("DE", "Germany"), ("IT", "Italy"), ("SE", "Sweden")]),
        ("Asia", [("JP", "Japan"), ("VN", "Viet Nam")]),
        ("ZZ", "Elsewhere"),
    ]

    name = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    vat_number = models.CharField(
        "VAT number",
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}\w{2,12}$", "Two letters, then 2 to 12 characters.")],
    )
    country = models.CharField(max_length=2, choices=COUNTRIES)
    rating = models.FloatField(null=True, blank=True)
    is_preferred = models.BooleanField("preferred", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Collection(models.Model):
    """Has no admin of its own: relations to it offer no link."""

    name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["year", "name"]

    def __str__(self):
        return f"{self.name} {self.year}"


class Product(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        ACTIVE = "active", "On sale"
        RETIRED = "retired", "Retired"

    SEASONS = [
        ("Warm", [("spring", "Spring"), ("summer", "Summer")]),
        ("Cold", [("autumn", "Autumn"), ("winter", "Winter")]),
        ("any", "All year"),
    ]

    sku = models.CharField(
        "SKU",
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}-\d{4}$", "Write it like AB-1234.")],
        help_text="Two letters, a dash and four digits.",
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    brand = models.ForeignKey(Brand, models.SET_NULL, to_field="code", null=True, blank=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    season = models.CharField(max_length=10, choices=SEASONS, default="any")
    price = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    weight = models.FloatField("weight in kg", null=True, blank=True)
    stock = models.IntegerField(default=0)
    min_order = models.PositiveSmallIntegerField("minimum order", default=1)
    barcode = models.BigIntegerField(unique=True, null=True, blank=True)
    is_active = models.BooleanField("active", default=True)
    is_featured = models.BooleanField("featured", default=False)
    is_fragile = models.BooleanField("fragile", null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    available_from = models.DateTimeField(null=True, blank=True)
    lead_time = models.DurationField(null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    photo = models.ImageField(upload_to="photos", blank=True)
    manual = models.FileField(upload_to="manuals", blank=True)
    description = models.TextField(blank=True)
    origin = models.CharField(max_length=40, blank=True)
    tags = models.ManyToManyField(Tag, blank=True)
    collections = models.ManyToManyField(Collection, blank=True)
    related = models.ManyToManyField("self", blank=True, symmetrical=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["sku"]
        permissions = [("publish_product", "Can publish product")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("product", args=[self.slug])

    def clean(self):
        if None not in (self.cost, self.price) and self.cost > self.price:
            raise ValidationError({"cost": "The cost is above the price."})


class FeaturedProduct(Product):
    class Meta:
        proxy = True
        verbose_name = "featured product"


class Warehouse(models.Model):
    name = models.CharField(max_length=60, unique=True)
    city = models.CharField(max_length=60)
    products = models.ManyToManyField(Product, through="StockLevel", related_name="warehouses")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class StockLevel(models.Model):
    warehouse = models.ForeignKey(Warehouse, models.CASCADE)
    product = models.ForeignKey(Product, models.CASCADE)
    quantity = models.PositiveIntegerField(default=0)
    shelf = models.CharField(max_length=20, blank=True)
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        unique_together = [("warehouse", "product")]

    def __str__(self):
        return f"{self.quantity} in {self.warehouse}"


class Review(models.Model):
    RATINGS = [(1, "Poor"), (2, "Fair"), (3, "Good"), (4, "Very good"), (5, "Excellent")]

    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews")
    author = models.CharField(max_length=60)
    rating = models.PositiveSmallIntegerField(choices=RATINGS)
    title = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    is_hidden = models.BooleanField("hidden", default=False)
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["-posted_at"]

    def __str__(self):
        return f"{self.author}: {self.get_rating_display()}"


class PriceChange(models.Model):
    product = models.ForeignKey(Product, models.CASCADE, related_name="price_changes")
    old_price = models.DecimalField(max_digits=10, decimal_places=2)
    new_price = models.DecimalField(max_digits=10, decimal_places=2)
    changed_on = models.DateField()

    class Meta:
        ordering = ["changed_on", "id"]

    def __str__(self):
        return f"{self.old_price} to {self.new_price}"
