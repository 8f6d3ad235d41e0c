"""Rules about repositories: that each record fits the fields."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import (
    AddressField,
    ChecksField,
    Collection,
    FieldValue,
    FileField,
    MenuField,
    Number,
    NumberField,
    RecordField,
)
from ...readers.source.faults import closest
from ..rule import Report, check
from ..survey import Survey
from .ids import repeated

_KEYS = {ChecksField: "entries", AddressField: "url"}
"""The key that a value has by the kind of its field; ``text`` for all others."""


def _collections(survey: Survey) -> Iterator[Collection]:
    return (part for part in survey.parts if isinstance(part, Collection))


def _values(survey: Survey) -> Iterator[tuple[RecordField | None, FieldValue, Collection]]:
    """Each value with its field, the first of its id; None where there is none."""
    for collection in _collections(survey):
        fields = {each.id: each for each in reversed(collection.fields)}
        for record in collection.records:
            for value in record.values:
                yield fields.get(value.field), value, collection


@check("K001")
def duplicate_record_id(survey: Survey) -> Iterator[Report]:
    """Two fields or records of a repository have one id.

    Values name fields by their ids, and a record is known by its id in the next version of the course.

    Wrong: two records with ``id: diary``
    Right: ``id: diary`` and ``id: diary-at-home``
    """
    for collection in _collections(survey):
        named = [(part.id, part.at("id")) for part in (*collection.fields, *collection.records)]
        for name, place, first in repeated(named):
            message = f'the id "{name}" is used already in this repository, in line {first.line}'
            yield Report(place, message, "give this one an id of its own")


@check("K002", whole=True)
def same_name_twice(survey: Survey) -> Iterator[Report]:
    """Two fields of a repository have one name, or two entries of a list are the same; upper and lower case count the same.

    Moodle knows fields by their names, and nobody could tell which of two entries was chosen.

    Wrong: two fields with ``title: Place``
    Right: ``title: Place`` and ``title: Country``
    """
    for collection in _collections(survey):
        for _, place, first in repeated((each.title.casefold(), each.at("title")) for each in collection.fields):
            yield Report(place, f"a field has this name already, in line {first.line}", "give this one another name")
        for each in collection.fields:
            if isinstance(each, (MenuField, ChecksField)):
                for _, place, _ in repeated((option.casefold(), option.place) for option in each.options):
                    yield Report(place, "this entry is in the list already", "keep one of the two")


@check("K003", whole=True)
def unknown_field(survey: Survey) -> Iterator[Report]:
    """A record has a value for a field that the repository does not have.

    Mostly it is misspelt, and the value would be lost.

    Wrong: ``field: contry`` when the repository has ``country``
    Right: ``field: country``
    """
    for field, value, collection in _values(survey):
        if field is None:
            known = [each.id for each in collection.fields]
            meant = closest(value.field, known)
            mend = f'did you mean "{meant}"?' if meant else f"its fields are {', '.join(known)}"
            yield Report(value.field.place, f'the repository has no field "{value.field}"', mend)


@check("K004")
def field_filled_twice(survey: Survey) -> Iterator[Report]:
    """A record has two values for one field.

    Only one of the two could be shown. A field of several entries has them all in ``entries``.

    Wrong: two values with ``field: country``
    Right: one value for each field
    """
    for collection in _collections(survey):
        for record in collection.records:
            for name, place, first in repeated((value.field, value.at("field")) for value in record.values):
                yield Report(place, f'"{name}" has a value already, in line {first.line}', "keep one of the two")


@check("K005", whole=True)
def value_of_another_kind(survey: Survey) -> Iterator[Report]:
    """A value is not of the kind of its field.

    ``line``, ``text``, ``menu`` and ``number`` have a ``text``; ``checks`` has ``entries``; ``address`` has a ``url``. A file travels with
    a record that a learner adds, and with none that the course brings: link to it in a text.

    Wrong: ``text: https://example.org/`` for a field of ``kind: address``
    Right: ``url: https://example.org/``
    """
    for field, value, _ in _values(survey):
        if field is None:
            continue
        if isinstance(field, FileField):
            yield Report(value.place, f'"{field.title}" is a file, and a record of the course has none', "remove this value")
            continue
        wanted = _KEYS.get(type(field), "text")
        written = [key for key in ("text", "entries", "url") if getattr(value, key)]
        if written != [wanted]:
            wrong = next((key for key in written if key != wanted), "")
            message = f'"{field.title}" is of kind {field.kind}, and its value has {" and ".join(written) or "nothing"}'
            yield Report(value.at(wrong) if wrong else value.place, message, f"write {wanted}: and nothing else")
        elif isinstance(field, NumberField) and value.text and Number.pattern and not Number.pattern.fullmatch(value.text):
            yield Report(value.at("text"), f'"{field.title}" is a number, and "{value.text}" is none', f"write {Number.explanation}")


@check("K006", whole=True)
def entry_not_on_the_list(survey: Survey) -> Iterator[Report]:
    """A value is no entry of its field's list.

    Moodle would show the field empty, and a search by entries would not find the record.

    Wrong: ``text: Finnland`` when the list has ``Finland``
    Right: ``text: Finland``
    """
    for field, value, _ in _values(survey):
        if isinstance(field, (MenuField, ChecksField)):
            chosen = value.entries if isinstance(field, ChecksField) else (value.text,) if value.text else ()
            for entry in chosen:
                if entry not in field.options:
                    meant = closest(entry, field.options)
                    mend = f'did you mean "{meant}"?' if meant else "write an entry of the list, or add it to the options"
                    yield Report(entry.place, f'the list of "{field.title}" has no entry "{entry}"', mend)


@check("K007", whole=True)
def required_field_without_value(survey: Survey) -> Iterator[Report]:
    """A record lacks a field that every record must have.

    Learners who add a record have to fill it in, and records of the course are their models.

    Wrong: a record without a value for a field with ``required: true``
    Right: a value for each of these fields
    """
    for collection in _collections(survey):
        for record in collection.records:
            filled = {value.field for value in record.values}
            for each in collection.fields:
                if each.required and each.id not in filled and not isinstance(each, FileField):
                    yield Report(record.at("values"), f'"{record.title}" has no value for "{each.id}"', "add one, or leave out required")
