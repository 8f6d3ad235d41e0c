"""What a test reads back from a written package, in one form for all formats. Each format's reader is in ``readback_<format>.py``.

A reader is written against the format's own specification and knows nothing of the writer.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Record:
    """A question as a format holds it.

    ``texts``: for each role the texts, as HTML where the format holds HTML, else as plain words; roles are names of
    ``coursegen.fidelity.FEATURES`` (``general-feedback``, ``hints``, ``outcomes`` …) and ``stem``, ``option`` (also of gaps and
    scales), ``answer`` (typed), ``pair``, ``match``, ``item``, ``group``, ``step``. ``scores``: for each option, answer or pair (as words)
    its share of the points, where the format says it so. ``media``: the bytes of pictures by role (``media-stem`` …).
    """

    ident: str
    kind: str
    """The name of the kind in ``coursegen.model``, told from what the format holds."""
    points: float | None = None
    texts: dict[str, list[str]] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    media: dict[str, list[bytes]] = field(default_factory=dict)
