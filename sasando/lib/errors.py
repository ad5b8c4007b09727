"""Errors whose sentence an upper room can translate, since this room has no Django."""


def gettext_noop(text: str) -> str:
    """Mark an English sentence for the translation catalogue and return it unchanged."""
    return text


class ReasonedError(ValueError):
    """An input that cannot be taken, with a sentence for the officer.

    `reason` is the English sentence; `template` and `values` are its parts, so that an upper room can show
    `gettext(error.template) % error.values`. The sentence never holds an identity number.
    """

    def __init__(self, template: str, **values: object):
        self.template, self.values = template, values
        self.reason = template % values if values else template
        super().__init__(self.reason)
