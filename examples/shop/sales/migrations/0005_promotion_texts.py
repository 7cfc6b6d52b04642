from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sales", "0004_pricelist_leaflet")]

    operations = [
        migrations.AddField(
            model_name="promotion",
            name="teaser",
            field=models.CharField(blank=True, max_length=60, null=True),
        ),
        migrations.AddField(
            model_name="promotion",
            name="small_print",
            field=models.TextField(blank=True, null=True),
        ),
    ]
