from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0003_shipment_proof")]

    operations = [
        migrations.AddField(
            model_name="pricelist",
            name="leaflet",
            field=models.FileField(blank=True, upload_to="leaflets"),
        ),
    ]
