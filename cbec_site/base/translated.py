"""Which texts of a model exist in both languages."""

from modeltranslation.translator import NotRegistered, translator


def translated_fields(model):
    """The fields of a model that exist in both languages, in its order."""
    try:
        fields = translator.get_options_for_model(model).fields
    except NotRegistered:
        return ()
    order = [field.name for field in model._meta.get_fields()]
    return tuple(sorted(fields, key=order.index))
