"""Classes of Django that are generic only for the type checker.

`django-stubs-ext` does the same for fifty classes and loads the admin for it, which nobody
has here: a twentieth of what a start takes.
"""

from django.contrib.syndication.views import Feed
from django.core.files.utils import FileProxyMixin
from django.db.models.fields import Field
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseModelForm

GENERIC = (BaseFormSet, BaseModelForm, Feed, Field, FileProxyMixin)


def let_classes_say_of_what() -> None:
    """Let ``forms.ModelForm[Circle]`` be a class, as the type checker reads it."""
    for one in GENERIC:
        one.__class_getitem__ = classmethod(lambda cls, *_of_what: cls)  # type: ignore[union-attr]
