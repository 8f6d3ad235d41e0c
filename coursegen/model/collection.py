"""Repositories: collections of records of one form."""

from typing import Annotated, ClassVar, TypeAlias

from .part import AtLeast, Between, Part, part
from .rich import Rich
from .text import Address, Identifier, Plain


@part
class BaseField(Part):
    """What every field of a record has."""

    id: Annotated[Identifier, "permanent; unique in the repository"]
    title: Annotated[Plain, "its name"]
    help: Annotated[Plain | None, "what to write there, and what not"] = None
    required: Annotated[bool, "whether every record must have it"] = False


@part
class LineField(BaseField):
    """A line of words."""

    kind: ClassVar[str] = "line"


@part
class TextField(BaseField):
    """A text of several lines."""

    kind: ClassVar[str] = "text"
    lines: Annotated[int, "the height of the field", Between(2, 40)] = 6


@part
class MenuField(BaseField):
    """One entry of a list."""

    kind: ClassVar[str] = "menu"
    options: Annotated[tuple[Plain, ...], "the list", AtLeast(2)]


@part
class ChecksField(BaseField):
    """Any number of entries of a list."""

    kind: ClassVar[str] = "checks"
    options: Annotated[tuple[Plain, ...], "the list", AtLeast(2)]


@part
class NumberField(BaseField):
    """A number."""

    kind: ClassVar[str] = "number"


@part
class AddressField(BaseField):
    """An address on the web."""

    kind: ClassVar[str] = "address"


@part
class FileField(BaseField):
    """A file that travels with a record."""

    kind: ClassVar[str] = "file"


RecordField: TypeAlias = LineField | TextField | MenuField | ChecksField | NumberField | AddressField | FileField


@part
class FieldValue(Part):
    """What a record has in a field: words, entries of a list, or an address."""

    field: Annotated[Identifier, "a field of the repository"]
    text: Annotated[Plain | None, "words, a number, or one entry of the list"] = None
    entries: Annotated[tuple[Plain, ...], "entries of the list, where a field takes several"] = ()
    url: Annotated[Address | None, "an address on the web"] = None


@part
class Record(Part):
    """A record that the course brings."""

    id: Annotated[Identifier, "permanent; unique in the repository"]
    title: Annotated[Plain, "what it is called in lists"]
    values: Annotated[tuple[FieldValue, ...], "what it has in its fields", AtLeast(1)]
    source: Annotated[Plain | None, "where it was published"] = None
    url: Annotated[Address | None, "where it can be read"] = None
    unknown: Annotated[Rich | None, "what is not known about it"] = None


@part
class Collection(Part):
    """The file of a repository."""

    intro: Annotated[Rich | None, "what it is for, and how to add to it"] = None
    fields: Annotated[tuple[RecordField, ...], "the fields of a record, in order", AtLeast(1)]
    records: Annotated[tuple[Record, ...], "records that the course brings"] = ()
    approval: Annotated[bool, "whether a teacher looks at a record before others see it"] = False
