"""Form fields that render themselves in the house's style."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every field by `base/components/field.html`: label, help and errors tied together for a screen reader."""

    field_template_name = "base/components/field.html"
