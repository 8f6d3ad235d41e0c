"""A question bank and a quiz in a running Moodle, used by its web pages as a teacher and a learner use them."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from coursegen.model import (
    ChoiceGap,
    Cloze,
    Essay,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    RatingScale,
    Rich,
    ShortAnswer,
    SingleChoice,
    Sorting,
    TrueFalse,
)
from coursegen.score import Response

SLOW = 120_000


class QuizInMoodle:
    """A quiz of a fresh course, with all questions of a file in it."""

    def __init__(self, tab: Tab, url: str) -> None:
        self.tab = tab
        self.url = url
        name = f"bank-{uuid.uuid4().hex[:8]}"
        tab.goto(f"{url}/course/edit.php?category=1")
        tab.fill("#id_fullname", name)
        tab.fill("#id_shortname", name)
        tab.click("#id_saveanddisplay")
        tab.wait_for_url(re.compile(r"/(course/view|enrol|user/index)"))
        course = _number(tab.url, "id")
        tab.goto(f"{url}/course/modedit.php?add=quiz&type=&course={course}&section=0&return=0&sr=0")
        tab.fill("#id_name", "Quiz")
        tab.locator("#id_questionsperpage").evaluate("field => { field.value = 0; }")  # all on one page
        tab.click("#id_submitbutton")
        tab.wait_for_url("**/mod/quiz/view.php*")
        self.cmid = _number(tab.url, "id")

    def take(self, file: Path) -> str:
        """Import a file into the quiz's own bank; what Moodle says about it."""
        self.tab.goto(f"{self.url}/question/bank/importquestions/import.php?cmid={self.cmid}")
        self.tab.locator("#id_format_xml").check()
        self.tab.locator("#fitem_id_newfile .fp-btn-choose").click()
        self.tab.locator(".fp-repo-name", has_text="Upload a file").click()
        self.tab.wait_for_timeout(2000)  # the picker writes its form anew, and says in no way when it is done
        self.tab.locator("input[name=repo_upload_file]").set_input_files(file)
        self.tab.locator(".fp-upload-btn:visible").click()
        expect(self.tab.locator("#fitem_id_newfile .filepicker-filename a")).to_be_visible()
        self.tab.click("#id_submitbutton")
        self.tab.wait_for_load_state()
        return self.tab.locator("#region-main").inner_text()

    def fill(self) -> list[str]:
        """Go on from the import to the bank, and put everything of the last category into the quiz; the permanent ids, in order."""
        self.tab.locator("#region-main form button:has-text('Continue'), #region-main .continuebutton button").first.click()
        self.tab.wait_for_load_state()
        self.tab.goto(f"{self.tab.url}&qperpage=1000")
        rows = self.tab.locator("#categoryquestions tbody tr:has(input[id^=checkq])")
        expect(rows.first).to_be_visible()
        found: dict[int, str] = {}
        for row in rows.all():
            number = int(re.sub(r"\D", "", row.locator("input[id^=checkq]").get_attribute("id") or ""))
            found[number] = (row.locator(".badge.bg-primary, .badge-primary").first.text_content() or "").split()[-1]
        key = self.tab.evaluate("M.cfg.sesskey")
        for number in sorted(found):
            done = self.tab.request.get(f"{self.url}/mod/quiz/edit.php?cmid={self.cmid}&addquestion={number}&sesskey={key}")
            assert done.ok, done.url
        return [found[number] for number in sorted(found)]

    def begin(self) -> list[Locator]:
        """A new attempt, and its questions in order, those without answers apart."""
        self.tab.goto(f"{self.url}/mod/quiz/view.php?id={self.cmid}")
        self.tab.locator(".quizattempt button, .quizstartbuttondiv button").first.click()
        self.tab.wait_for_url("**/mod/quiz/attempt.php*", timeout=SLOW)
        return self.tab.locator(".que:not(.description)").all()

    def hand_in(self) -> None:
        """Finish the attempt; the review is open then."""
        self.tab.locator("#mod_quiz-next-nav").click()
        self.tab.wait_for_url("**/mod/quiz/summary.php*", timeout=SLOW)
        self.tab.locator("#frm-finishattempt button").click()
        self.tab.locator(".modal button[data-action=save]:visible").click()
        self.tab.wait_for_url("**/mod/quiz/review.php*", timeout=SLOW)

    def pictures(self, alternative: str) -> tuple[int, int]:
        """How many pictures with these words instead there are in the questions, and how many of them the browser could load."""
        found = self.tab.locator(".que img").evaluate_all(
            """async (all, words) => {
                const ours = all.filter((picture) => picture.alt === words);
                await Promise.all(ours.map((picture) => picture.decode().catch(() => null)));
                return [ours.length, ours.filter((picture) => picture.naturalWidth > 0).length];
            }""",
            alternative,
        )
        return found[0], found[1]

    def marks(self) -> list[tuple[float, float]]:
        """The mark of each question and the most there is, as the review shows them; what has no marks is 0 of 0."""
        found = []
        for question in self.tab.locator(".que:not(.description)").all():
            numbers = re.findall(r"[0-9]+\.[0-9]+", question.locator(".info .grade").inner_text())
            found.append((float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else (0.0, float((numbers or ["0"])[0])))
        return found

    def total(self) -> tuple[float, float]:
        """The marks of the attempt and the most there are, in the summary of the review."""
        words = self.tab.locator(".quizreviewsummary").inner_text()
        found = re.search(r"([0-9.]+)/([0-9.]+)", words) or re.search(r"([0-9.]+) out of ([0-9.]+)", words)
        assert found, words
        return float(found[1]), float(found[2])


def _number(url: str, name: str) -> int:
    found = re.search(rf"[?&]{name}=([0-9]+)", url)
    assert found, url
    return int(found[1])


def words_of(text: Rich | str) -> str:
    """Words without white space: how much of it a page shows is up to its style."""
    return "".join((text.text() if isinstance(text, Rich) else text).split())


def give(shown: Locator, question: Question, response: Response) -> None:
    """Answer a question of an attempt."""
    given = list(response)
    if isinstance(question, (SingleChoice, MultipleResponse, RatingScale)):
        options = (
            [level.id for level in question.levels] if isinstance(question, RatingScale) else [option.id for option in question.options]
        )
        for number, option in enumerate(options):
            if option in given:
                shown.locator(".answer input:is([type=radio], [type=checkbox])").nth(number).check()
    elif isinstance(question, TrueFalse):
        shown.locator(f"input[type=radio][value='{int(given == ['true'])}']").check()
    elif isinstance(question, (ShortAnswer, Numerical)):
        shown.locator(".formulation input[type=text]").fill(given[0])
    elif isinstance(question, Essay):
        shown.locator("textarea").fill(given[0])
    elif isinstance(question, Ordering):
        _put_in_order(shown, question, given)
    elif isinstance(question, Cloze):
        _fill_in(shown, question, dict(each.partition(".")[::2] for each in given))
    else:
        _match(shown, question, dict(each.partition(".")[::2] for each in given))


def _match(shown: Locator, question: Matching | Sorting, chosen: dict[str, str]) -> None:
    lists = shown.locator("select")
    if isinstance(question, Matching):
        listed, parts = {str(name): words for name, words in question.targets().items()}, [pair.id for pair in question.pairs]
    else:
        listed, parts = {str(group.id): str(group.title) for group in question.groups}, [item.id for item in question.items]
    for number, part in enumerate(parts):
        if part in chosen:
            _choose(lists.nth(number), listed[chosen[part]])


def _fill_in(shown: Locator, question: Cloze, filled: dict[str, str]) -> None:
    fields = shown.locator(".subquestion :is(select, input), .control select")
    for number, gap in enumerate(question.gaps):
        if gap.id not in filled:
            continue
        if isinstance(gap, ChoiceGap):
            _choose(fields.nth(number), next(option.text for option in gap.options if option.id == filled[gap.id]))
        else:
            fields.nth(number).fill(filled[gap.id])


def _choose(field: Locator, words: str) -> None:
    """Choose an entry of a list by what it says."""
    entries = [words_of(each) for each in field.locator("option").all_text_contents()]
    field.select_option(index=entries.index(words_of(words)))


def _put_in_order(shown: Locator, question: Ordering, order: list[str]) -> None:
    """Move the things up, one after the other, with the buttons that need no dragging."""
    texts = {str(step.id): words_of(step.text) for step in question.items}
    for place, step in enumerate(order):
        now = [words_of(each) for each in shown.locator("li.sortableitem [data-itemcontent]").all_text_contents()]
        for _ in range(now.index(texts[step]) - place):
            item = shown.locator("li.sortableitem").nth(now.index(texts[step]))
            item.locator("[data-action=move-backward]:visible").first.click()
            now = [words_of(each) for each in shown.locator("li.sortableitem [data-itemcontent]").all_text_contents()]
