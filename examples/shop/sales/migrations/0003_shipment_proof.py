from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales", "0002_pricelist")]

    operations = [
        migrations.AddField(
            model_name="shipment",
            name="proof",
            field=models.FileField(blank=True, upload_to="proofs"),
        ),
    ]
