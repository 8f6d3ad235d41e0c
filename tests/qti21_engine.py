"""Answers questions of QTI 2.1 as the specification says (Response Processing, Outcome Processing, Expressions), for tests.

A value is None (NULL), a tuple (of cardinality multiple or ordered), or single. A directed pair is two identifiers with a blank between.
Patterns are compared by the XML Schema processor of libxml2, whose regular expressions are those the specification means. What is not here
raises: no rule is passed over.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, reduce
from typing import Any, NamedTuple

from lxml import etree
from lxml.etree import _Element

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
Value = Any


class Result(NamedTuple):
    """What a response leads to: all outcomes, and the feedback shown, by identifier with its words."""

    outcomes: dict[str, Value]
    feedback: dict[str, str]


class Answering:
    """Works out outcomes of an item or a test. ``tested`` finds the outcomes of items in a test."""

    def __init__(self, root: _Element, responses: Mapping[str, Value], tested: Callable[[str, str], list[Value]] | None = None) -> None:
        self.root = root
        self.tested = tested
        self.declared = {each.get("identifier", ""): each for each in root.iterfind(f"{QTI}responseDeclaration")}
        if not set(responses) <= set(self.declared):
            raise KeyError(sorted(set(responses) - set(self.declared)))
        self.values: dict[str, Value] = dict.fromkeys(self.declared)
        self.values |= {name: None if given in ((), "") else given for name, given in responses.items()}
        for each in root.iterfind(f"{QTI}outcomeDeclaration"):
            start = self.declared_values(each, "defaultValue")
            self.values[each.get("identifier", "")] = start[0] if start else None

    def declared_values(self, declaration: _Element, name: str) -> tuple[Value, ...]:
        """The values of a default or a right response, as the declaration's base type reads them."""
        kind = declaration.get("baseType", "")
        return tuple(typed(kind, each.text or "") for each in declaration.iterfind(f"{QTI}{name}/{QTI}value"))

    def process(self, rules: _Element | Sequence[_Element]) -> None:
        """Carry out rules one after the other."""
        for rule in rules:
            name = etree.QName(rule).localname
            if name == "setOutcomeValue":
                target = rule.get("identifier", "")
                if target not in self.values or target in self.declared:
                    raise KeyError(target)
                self.values[target] = self.evaluate(rule[0])
            elif name in ("responseCondition", "outcomeCondition"):
                self.decide(rule)
            else:
                raise NotImplementedError(name)

    def decide(self, condition: _Element) -> None:
        """The rules of the first branch whose condition is true; one that is NULL is not."""
        for branch in condition:
            if etree.QName(branch).localname.endswith("Else"):
                return self.process(branch)
            if self.evaluate(branch[0]) is True:
                return self.process(list(branch)[1:])
        return None

    def evaluate(self, expression: _Element) -> Value:
        """The value of an expression."""
        name = etree.QName(expression).localname
        own = {
            "variable": self._variable,
            "correct": self._correct,
            "baseValue": self._value,
            "mapResponse": self._mapped,
            "testVariables": self._tested,
        }
        if name in own:
            return own[name](expression)
        given = [self.evaluate(each) for each in expression]
        if name == "multiple":
            return tuple(value for each in given if each is not None for value in (each if isinstance(each, tuple) else (each,)))
        if name == "and":
            return False if False in given else None if None in given else True
        if None in given:
            return None
        return OPERATORS[name](expression, *given)

    def _variable(self, expression: _Element) -> Value:
        return self.values[expression.get("identifier", "")]

    def _correct(self, expression: _Element) -> Value:
        declaration = self.declared[expression.get("identifier", "")]
        found = self.declared_values(declaration, "correctResponse")
        return found[0] if declaration.get("cardinality") == "single" else found

    def _value(self, expression: _Element) -> Value:
        return typed(expression.get("baseType", ""), expression.text or "")

    def _mapped(self, expression: _Element) -> float:
        """The sum of what the chosen values are worth, each once, within the mapping's limits."""
        declaration = self.declared[expression.get("identifier", "")]
        mapping = declaration.find(f"{QTI}mapping")
        assert mapping is not None
        assert declaration.get("baseType") != "string"
        worth = {each.get("mapKey"): float(each.get("mappedValue", "")) for each in mapping}
        given = self.values[expression.get("identifier", "")]
        chosen = () if given is None else given if isinstance(given, tuple) else (given,)
        total = sum(worth.get(each, float(mapping.get("defaultValue", "0"))) for each in dict.fromkeys(chosen))
        total = max(total, float(mapping.get("lowerBound", "-inf")))
        return min(total, float(mapping.get("upperBound", "inf")))

    def _tested(self, expression: _Element) -> Value:
        assert self.tested is not None
        return tuple(self.tested(expression.get("variableIdentifier", ""), expression.get("sectionIdentifier", "")))


def typed(kind: str, words: str) -> Value:
    """A value of a base type as it is written."""
    if kind in ("float", "integer"):
        return float(words)
    if kind == "boolean":
        return {"true": True, "false": False}[words]
    if kind not in ("identifier", "string", "directedPair"):
        raise NotImplementedError(kind)
    return words


def _match(expression: _Element, one: Value, other: Value) -> bool:
    """Whether two values are the same; the order counts for ordered ones only."""
    return Counter(one) == Counter(other) if isinstance(one, tuple) and not _is_ordered(expression) else bool(one == other)


def _is_ordered(expression: _Element) -> bool:
    """Whether a response that takes part in a comparison has an order."""
    names = {each.get("identifier") for each in expression}
    declarations = expression.getroottree().getroot().iterfind(f"{QTI}responseDeclaration")
    return any(each.get("cardinality") == "ordered" for each in declarations if each.get("identifier") in names)


def _index(expression: _Element, given: tuple[Value, ...]) -> Value:
    place = int(expression.get("n", ""))
    return given[place - 1] if place <= len(given) else None


def _flat(given: Sequence[Value]) -> list[float]:
    return [value for each in given for value in (each if isinstance(each, tuple) else (each,))]


def _round(expression: _Element, number: float) -> float:
    assert expression.get("roundingMode") == "decimalPlaces"
    step = Decimal(1).scaleb(-int(expression.get("figures", "")))
    return float(Decimal(repr(number)).quantize(step, ROUND_HALF_UP))


def _equal(expression: _Element, one: float, other: float) -> bool:
    assert expression.get("toleranceMode") == "exact"
    return one == other


@cache
def _schema(pattern: str) -> etree.XMLSchema:
    xs = "{http://www.w3.org/2001/XMLSchema}"
    root = etree.Element(f"{xs}schema")
    kind = etree.SubElement(etree.SubElement(etree.SubElement(root, f"{xs}element", name="typed"), f"{xs}simpleType"), f"{xs}restriction")
    kind.set("base", "xs:string")
    etree.SubElement(kind, f"{xs}pattern", value=pattern)
    return etree.XMLSchema(etree.fromstring(etree.tostring(root).replace(b"ns0:", b"xs:").replace(b":ns0", b":xs")))


def _pattern(expression: _Element, words: str) -> bool:
    typed_words = etree.Element("typed")
    typed_words.text = words
    return bool(_schema(expression.get("pattern", "")).validate(typed_words))


OPERATORS: dict[str, Callable[..., Value]] = {
    "match": _match,
    "member": lambda _, one, several: one in several,
    "index": _index,
    "sum": lambda _, *given: math.fsum(_flat(given)),
    "product": lambda _, *given: reduce(lambda one, other: one * other, _flat(given)),
    "divide": lambda _, one, other: one / other if other else None,
    "gt": lambda _, one, other: one > other,
    "gte": lambda _, one, other: one >= other,
    "lt": lambda _, one, other: one < other,
    "lte": lambda _, one, other: one <= other,
    "equal": _equal,
    "roundTo": _round,
    "patternMatch": _pattern,
}


def answer(item: bytes, responses: Mapping[str, Value]) -> Result:
    """What responses to an item lead to."""
    root = etree.fromstring(item)
    work = Answering(root, responses)
    processing = root.find(f"{QTI}responseProcessing")
    if processing is not None:
        work.process(processing)
    shown = {}
    for each in root.iterfind(f"{QTI}modalFeedback"):
        named = work.values[each.get("outcomeIdentifier", "")]
        assert each.get("showHide") == "show"
        if each.get("identifier") in (named or ()):
            shown[each.get("identifier", "")] = "".join(each.itertext())
    return Result({name: value for name, value in work.values.items() if name not in work.declared}, shown)


def chosen(section: _Element, luck: random.Random) -> list[_Element]:
    """The item references of a try of a section: what is selected of it, in the order it comes; what is drawn keeps its order."""
    parts = [each for each in section if each.tag in (f"{QTI}assessmentItemRef", f"{QTI}assessmentSection")]
    selection = section.find(f"{QTI}selection")
    if selection is not None:
        kept = luck.sample(range(len(parts)), int(selection.get("select", "")))
        parts = [each for number, each in enumerate(parts) if number in kept]
    ordering = section.find(f"{QTI}ordering")
    shuffle = ordering is not None and ordering.get("shuffle") == "true"
    found: list[list[_Element]] = []
    for each in parts:
        below = [each] if each.tag == f"{QTI}assessmentItemRef" else chosen(each, luck)
        apart = shuffle and each.get("visible") == "false" and each.get("keepTogether") == "false"
        found += [[one] for one in below] if apart else [below]
    if shuffle:
        luck.shuffle(found)
    return [each for group in found for each in group]


def grade(test: bytes, results: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    """The outcomes of a test, from those of the items that came, by the identifier of their reference."""
    root = etree.fromstring(test)

    def tested(variable: str, section: str) -> list[Value]:
        inside = root.iter(f"{QTI}assessmentItemRef")
        if section:
            inside = root.xpath(
                "//*[local-name()='assessmentSection'][@identifier=$name]//*[local-name()='assessmentItemRef']", name=section
            )
        return [results[name][variable] for each in inside if (name := each.get("identifier", "")) in results]

    work = Answering(root, {}, tested)
    processing = root.find(f"{QTI}outcomeProcessing")
    assert processing is not None
    work.process(processing)
    return work.values
