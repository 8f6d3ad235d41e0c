"""What every part of a course is made with: one definition that serves parsing, JSON Schema and the reference.

A part is a frozen dataclass. Each field is ``Annotated`` with its meaning in words, and with limits where it has some.
"""

# Annotations are evaluated here and in the modules of the parts, and not kept as text: the reader needs them as they are.

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, NamedTuple, TypeVar, cast, dataclass_transform

from .place import NOWHERE, Place

Class = TypeVar("Class", bound=type)
FOUND = "found"
"""In the metadata of a field: a reader finds its value, no author writes it, and two parts are the same without regard to it."""


class Between(NamedTuple):
    """Limits of a whole number, both included."""

    low: int
    high: int


class AtLeast(NamedTuple):
    """The least number of entries of a list."""

    least: int


class Stored(NamedTuple):
    """The value stands in a file of its own: the author writes that file's path under ``key`` (the field's name if empty)."""

    what: str
    key: str = ""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: Class) -> Class:
    """Make a class a part of the model: frozen, keyword-only, compared by what it says and not by where."""
    # What dataclass would write anew for every class is in Part once: making the model is a good part of the time to start.
    return cast(Class, dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls))


@part
class Part:
    """Anything an author writes that has a place."""

    kind: ClassVar[str] = ""
    """The value of ``kind:`` that picks this class where several are possible; empty where none is."""

    place: Place = field(default=NOWHERE, metadata={FOUND: True})
    places: dict[str, Place] = field(default_factory=dict, metadata={FOUND: True})
    """Where each key of the part stands, for findings that are about one of them."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(getattr(self, name) == getattr(other, name) for name in self.written())

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.written())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.written())})"

    @classmethod
    def written(cls) -> tuple[str, ...]:
        """The names of the fields that an author writes, in the order of their definition."""
        if cls not in _WRITTEN:
            _WRITTEN[cls] = tuple(each.name for each in fields(cls) if FOUND not in each.metadata)
        return _WRITTEN[cls]

    def at(self, key: str) -> Place:
        """Where a key of this part stands in the source; the part itself where the key was not written."""
        return self.places.get(key, self.place)


_WRITTEN: dict[type[Part], tuple[str, ...]] = {}


def is_part(kind: Any) -> bool:
    """Whether a type is one of the model's parts."""
    return isinstance(kind, type) and issubclass(kind, Part)
