"""UserAdmin's own forms are bound to auth.User; these are the same ones for Person."""

from django.contrib.auth.forms import UserChangeForm, UserCreationForm

from accounts.models import Person


class PersonCreationForm(UserCreationForm):
    class Meta:
        model = Person
        fields = ["email"]


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = Person
        fields = "__all__"
        field_classes = {}
