"""Peer reviews: mod_workshop. A teacher leads it through its phases, from setup to closed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ....fidelity import Capabilities, changed
from ....model import Anchor, Example, Gloss, Link, Media, Node, PeerReview, Rich
from ....render.links import worded
from ..room import Grade, Made, Room, Rule
from ..xml import Fields, element, listed
from .rubric import Criterion, criteria

ASSIGNMENTS: Capabilities = {
    "peer-review": changed("it waits in its setup phase: a teacher opens each phase; at most 7 files, and a limit of words is only told")
}
_SETUP = 10
_OFF, _CAN, _MUST = 0, 1, 2
"""Whether learners hand in a text, or files."""
_MOST_FILES = 7
_SUBMISSION, _ASSESSMENT = 80, 20
"""Points for what learners hand in, as others assess it, and for how they assess; Moodle's own proportion."""
_EVERYWHERE = 1
"""Reviewers can write a comment, and need not."""
_FAIR = 5
"""How strictly a review is compared with those of others, from 1 to 9."""
_TAG_OR_SIGN = re.compile(r'<(?:[^>"]|"[^"]*")*>|&#(?!34;|38;|39;|60;|62;)\d+;')


def made(activity: PeerReview, room: Room) -> Made:
    """A workshop with the rubric, and the example with its reference review. All words but the rubric's are rich text."""
    rows = criteria(activity.rubric)
    graded = room.course.completion.peer_reviews == "graded"
    layout = element("workshopform_rubric_config", {"layout": "grid"})
    return Made(
        _columns(activity, room),
        (
            element("subplugin_workshopform_rubric_workshop", None, layout, *_dimensions(rows, room)),
            element("subplugin_workshopeval_best_workshop", None, element("workshopeval_best_settings", {"comparison": _FAIR})),
            listed("examplesubmissions", [_example(activity.example, rows, room)] if activity.example else ()),
            element("submissions"),
            element("aggregations"),
        ),
        (
            Grade(room.templates.text("moodle.peer.submission", title=activity.title), _SUBMISSION, weight=_SUBMISSION / 100),
            Grade(room.templates.text("moodle.peer.assessment", title=activity.title), _ASSESSMENT, number=1, weight=_ASSESSMENT / 100),
        ),
        Rule(grade=graded, view=room.course.completion.peer_reviews == "seen"),
    )


def _columns(activity: PeerReview, room: Room) -> Fields:
    """The columns of ``workshop``. ``nattachments`` is never 0: that means "no files" in old backups only."""
    texts, files = {"text": (_MUST, _OFF), "files": (_OFF, _MUST), "both": (_CAN, _CAN)}[activity.hand_in]
    return {
        "name": room.name(activity.title),
        "intro": room.blocks([room.templates.text("moodle.peer.intro")]),
        "introformat": 1,
        "instructauthors": _split(room.html("peer-review.html", "instructauthors", activity=activity, limit=_limit(activity))),
        "instructauthorsformat": 1,
        "instructreviewers": _split(room.blocks(activity.reviewing, "instructreviewers")),
        "instructreviewersformat": 1,
        "timemodified": 0,
        "phase": _SETUP,
        "useexamples": activity.example is not None,
        "usepeerassessment": 1,
        "useselfassessment": 0,
        "grade": _SUBMISSION,
        "gradinggrade": _ASSESSMENT,
        "strategy": "rubric",
        "evaluation": "best",
        "gradedecimals": 0,
        "submissiontypetext": texts,
        "submissiontypefile": files,
        "nattachments": min(activity.most_files, _MOST_FILES),
        "submissionfiletypes": "",
        "latesubmissions": 0,
        "maxbytes": 0,
        "examplesmode": 0,
        "submissionstart": 0,
        "submissionend": 0,
        "assessmentstart": 0,
        "assessmentend": 0,
        "phaseswitchassessment": 0,
        "conclusion": "",
        "conclusionformat": 1,
        "overallfeedbackmode": _EVERYWHERE,
        "overallfeedbackfiles": 0,
        "overallfeedbackfiletypes": "",
        "overallfeedbackmaxbytes": 0,
    }


def _limit(activity: PeerReview) -> int | None:
    """How many words a text may have, if there is one."""
    return None if activity.hand_in == "files" or activity.most_words == "unlimited" else activity.most_words


def _dimensions(rows: Iterable[Criterion], room: Room) -> Iterable[str]:
    """The criteria, and below each its levels."""
    for place, row in enumerate(rows, 1):
        fields: Fields = {"sort": place, "description": _split(room.words([row.title])), "descriptionformat": 1}
        levels = (
            element(
                "workshopform_rubric_level",
                {"grade": level.points, "definition": _split(room.words([level.words])), "definitionformat": 1},
                id=room.number("workshopform_rubric_levels", row.ident, level.ident),
            )
            for level in row.levels
        )
        yield element("workshopform_rubric_dimension", fields, *levels, id=_dimension(row.ident, room))


def _dimension(criterion: str, room: Room) -> int:
    return room.number("workshopform_rubric", criterion)


def _example(example: Example, rows: Iterable[Criterion], room: Room) -> str:
    """A product to practise on, and what the reference says of it. It travels without users: it belongs to whoever restores."""
    submission, assessment = room.number("workshop_submissions"), room.number("workshop_assessments")
    fields: Fields = {
        "timecreated": 0,
        "timemodified": 0,
        "title": room.name(example.title),
        "content": _split(room.blocks(_unlinked(example.text), "submission_content", submission)),
        "contentformat": 1,
        "contenttrust": 0,
        "attachment": 0,
    }
    chosen: dict[str, str] = {rating.criterion: rating.level for rating in example.ratings}
    points = {row.ident: next(level.points for level in row.levels if level.ident == chosen[row.ident]) for row in rows}
    most = sum(max(level.points for level in row.levels) for row in rows)
    least = sum(min(level.points for level in row.levels) for row in rows)
    review: Fields = {
        "timecreated": 0,
        "timemodified": 0,
        "grade": f"{100 * (sum(points.values()) - least) / (most - least):.5f}",
        "feedbackauthor": _split(room.blocks(_unlinked(example.comment), "overallfeedback_content", assessment)),
        "feedbackauthorformat": 1,
        "feedbackauthorattachment": 0,
    }
    grades = (
        element(
            "workshopform_rubric_referencegrade",
            {"dimensionid": _dimension(criterion, room), "grade": worth},
            id=room.number("workshop_grades", criterion),
        )
        for criterion, worth in points.items()
    )
    reference = element("referenceassessment", review, listed("subplugin_workshopform_rubric_referenceassessment", grades), id=assessment)
    return element("examplesubmission", fields, reference, element("exampleassessments"), id=submission)


def _unlinked(text: Rich | None) -> tuple[Node, ...]:
    """A text whose links to activities are words: Moodle gives those in examples no address when it restores."""
    return worded(text.nodes, _instead) if text else ()


def _instead(reference: Link | Anchor | Media | Gloss) -> str | None:
    return "" if isinstance(reference, Link | Gloss) else None


def _split(markup: str) -> str:
    """HTML that Moodle purifies before its filters read it: a reference would be a sign again, so an element keeps signs apart."""
    return _TAG_OR_SIGN.sub(lambda found: found[0] if found[0][0] == "<" else f"<span>{found[0]}</span>", markup)
