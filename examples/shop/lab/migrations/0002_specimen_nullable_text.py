from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("lab", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="specimen",
            name="nullable_text",
            field=models.TextField(blank=True, null=True),
        ),
    ]
