"""Elements that QTI 1.2.1 files are made of."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
RESPONSE = "response"
"""The ident of the one response of an item."""


def element(name: str, **attributes: str) -> _Element:
    """An element without a parent."""
    from lxml import etree

    from ..manifest import unprefixed

    return etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap=unprefixed(NAMESPACE))


def add(parent: _Element, name: str, **attributes: Any) -> _Element:
    """An element at the end of another."""
    made: _Element = sys.modules["lxml.etree"].SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)  # where there is one it is loaded
    return made


def metadata(parent: _Element, fields: Mapping[str, str]) -> None:
    """Labels and entries (``qtimetadata``)."""
    made = add(parent, "qtimetadata")
    for label, entry in fields.items():
        field = add(made, "qtimetadatafield")
        add(field, "fieldlabel").text = label
        add(field, "fieldentry").text = entry


def material(parent: _Element, text: str) -> None:
    """A text, as HTML."""
    add(add(parent, "material"), "mattext", texttype="text/html").text = text


def condition(processing: _Element, going_on: Literal["Yes", "No"]) -> tuple[_Element, _Element]:
    """A condition and its ``conditionvar``; where it holds and does not go on, those below it are not looked at."""
    made = add(processing, "respcondition")
    made.set("continue", going_on)
    return made, add(made, "conditionvar")


def score(made: _Element, value: int) -> None:
    """What a condition sets the score to, of 100."""
    add(made, "setvar", varname="SCORE", action="Set").text = str(value)


def show(made: _Element, ident: str, kind: Literal["Response", "Solution", "Hint"] = "Response") -> None:
    """The feedback that a condition shows."""
    add(made, "displayfeedback", feedbacktype=kind, linkrefid=ident)
