from django.contrib.contenttypes.admin import GenericTabularInline

from ops.models import Note


class NoteInline(GenericTabularInline):
    model = Note
    extra = 1
