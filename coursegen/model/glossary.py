"""The glossary of a course: terms that texts refer to and that are explained in place."""

from typing import Annotated

from .part import AtLeast, Part, part
from .rich import Rich
from .text import Identifier, Plain


@part
class Term(Part):
    """A term and what it means."""

    id: Annotated[Identifier, "permanent; unique in the glossary"]
    term: Annotated[Plain, "the term itself"]
    definition: Annotated[Rich, "what it means, in a sentence or two"]


@part
class Glossary(Part):
    """The file of the glossary. A text refers to a term with ``<a href="../glossary.yaml#term-id">``."""

    terms: Annotated[tuple[Term, ...], "its terms", AtLeast(1)]
