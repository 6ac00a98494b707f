"""How every form looks: `{{ form }}` draws error summary and fields, `{{ form.title.as_field_group }}` one field."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws forms and fields with the project's own partials, labels, hints and errors included."""

    form_template_name = "_form.html"
    field_template_name = "_field.html"
