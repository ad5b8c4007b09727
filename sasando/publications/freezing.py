"""A `Document` as JSON and back: what was initialled is exactly what is published, whatever the records say by then."""

import json
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sasando.publications import document as shapes
from sasando.publications.document import Document

SHAPES = {
    shape.__name__: shape
    for shape in vars(shapes).values()
    if isinstance(shape, type) and is_dataclass(shape) and shape.__module__ == shapes.__name__
}


class UnreadableDocumentError(ValueError):
    """A frozen document that this version cannot read."""


def frozen(document: Document) -> bytes:
    """Canonical JSON of the document: equal documents give equal bytes."""
    return json.dumps(_plain(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def thawed(data: bytes) -> Document:
    """The document that `frozen` wrote. Raises UnreadableDocumentError."""
    try:
        document = _shaped(json.loads(data))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableDocumentError(str(error)) from error
    if not isinstance(document, Document):
        raise UnreadableDocumentError("not a document")
    return document


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return {"=": "bytes", "of": b64encode(value).decode()}
        case Decimal():
            return {"=": "decimal", "of": str(value)}
        case datetime():
            return {"=": "moment", "of": value.isoformat()}
        case date():
            return {"=": "date", "of": value.isoformat()}
        case tuple() | list():
            return [_plain(each) for each in value]
    if type(value).__name__ in SHAPES:
        parts = {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
        return {"=": type(value).__name__, **parts}
    raise TypeError(f"no way to freeze {value!r}")


def _shaped(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_shaped(each) for each in value)
    if not isinstance(value, dict):
        return value
    kind = value["="]
    match kind:
        case "bytes":
            return b64decode(value["of"])
        case "decimal":
            return Decimal(value["of"])
        case "moment":
            return datetime.fromisoformat(value["of"])
        case "date":
            return date.fromisoformat(value["of"])
    return SHAPES[kind](**{key: _shaped(part) for key, part in value.items() if key != "="})
