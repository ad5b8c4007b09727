"""The office's own words in the reader's language."""

from django.utils.translation import get_language


def spoken(text: str, text_en: str) -> str:
    """The Indonesian text, or the English one for a reader of English where there is one."""
    return text_en if text_en and (get_language() or "id").startswith("en") else text
