"""A reviewer's pages: the queue, the conflict question first, marks, comment, submission."""

import pytest

from admissions.domain import assignments, eligibility
from admissions.models import Assignment, Document, Dossier, Review
from consortium.access import acting
from consortium.models import JournalEntry
from tests.admissions.cases import complete
from tests.admissions.selection_world import AFTER, MET
from tests.web.desks import OFFICER, PARTNER, REVIEWER, plain, queries, text_of

QUEUE = "/emat/review/"
MARKS = {"record": "4", "motivation": "3", "references": "5"}


@pytest.fixture
def lju(browse):
    return browse(REVIEWER)


def assigned(emat, *names, due_at=None):
    """Each dossier to WAW's and LJU's reviewer; LJU's assignments."""
    mine = []
    for dossier in emat.eligible(*names):
        ids = [emat.member(code).pk for code in ("waw", "lju")]
        rows = assignments.assign(
            dossier.pk, actor=emat.officer, at=AFTER, membership_ids=ids, due_at=due_at
        )
        mine += [row for row in rows if row.reviewer_id == emat.member("lju").user_id]
    return mine


def page(row) -> str:
    return f"{QUEUE}{row.pk}/"


@pytest.fixture
def mine(emat):
    return assigned(emat, "anna")[0]


@pytest.fixture
def declared(mine, lju):
    lju.post(f"{page(mine)}declaration/")
    return mine


# -- the queue


def test_an_empty_queue_says_so(call, lju):
    assert "No dossiers for you yet" in plain(lju.get(QUEUE))


def test_the_queue_shows_progress_and_where_to_begin(emat, lju):
    rows = assigned(emat, "anna", "boris", due_at=AFTER)
    words = plain(lju.get(QUEUE))
    assert "0 of 2 submitted" in words
    assert "Begin with the first" in words
    assert "Anna verdigris ANNA not started" in words
    lju.post(f"{page(rows[0])}declaration/")
    lju.post(page(rows[0]), {**MARKS, "act": "submit"})
    words = plain(lju.get(QUEUE))
    assert "1 of 2 submitted" in words
    assert "Go on with the next" in words


def test_one_sees_ones_own_dossiers_alone(emat, arts, browse):
    (row,) = assigned(emat, "anna")
    arts.eligible("cora")
    waw = browse("reviewer-waw@emat.example")
    assert "Anna" in plain(waw.get(QUEUE))
    assert waw.get(page(row)).status_code == 404
    for email in (OFFICER, PARTNER, "amina@example.org", "reviewer-lju@arts.example"):
        assert browse(email).get(QUEUE).status_code == 404
        assert browse(email).get(page(row)).status_code == 404
    assert "Anna" not in plain(browse("reviewer-lju@arts.example").get("/arts/review/"))


def test_the_queue_is_filtered_and_sorted_by_address(emat, lju):
    rows = assigned(emat, "anna", "boris")
    lju.post(f"{page(rows[0])}declaration/")

    def shown(query):
        return [row.reference for row in lju.get(QUEUE + query).context["page"].rows]

    assert shown("?state=in_progress") == ["ANNA"]
    assert shown("?q=bor") == ["BORIS"]
    assert shown("?state=submitted") == []
    assert sorted(shown("?sort=name")) == ["ANNA", "BORIS"]
    assert "No dossier matches" in plain(lju.get(f"{QUEUE}?q=zzz"))


def test_queries_of_the_queue_do_not_grow(emat, lju):
    assigned(emat, "anna")
    one = queries(lju, QUEUE)
    assigned(emat, *[f"more{n}" for n in range(29)])
    assert queries(lju, QUEUE) == one


# -- conflict first


def test_before_the_declaration_the_dossier_is_closed(mine, lju):
    words = plain(lju.get(page(mine)))
    assert "have you a conflict of interest?" in words
    assert "I like verdigris." not in words
    assert "Academic record" not in words


def test_marks_before_the_declaration_are_refused(mine, lju, emat):
    response = lju.post(page(mine), {**MARKS, "act": "submit"})
    assert response.status_code == 409
    assert "You have not declared yet." in plain(response)
    with acting(emat.system):
        assert Review.objects.count() == 0


def test_declare_opens_the_dossier(mine, lju):
    assert lju.post(f"{page(mine)}declaration/").url == page(mine)
    words = plain(lju.get(page(mine)))
    assert "I like verdigris." in words
    assert "Academic record weight 50 %" in words


def test_who_judges_is_not_shown_how_to_write_to_the_applicant(declared, lju, browse):
    assert "anna@example.org" not in plain(lju.get(page(declared)))
    assert "anna@example.org" in plain(browse(OFFICER).get("/emat/office/dossiers/ANNA/"))


def test_a_conflict_needs_its_reason_and_closes_the_dossier(mine, lju, emat):
    bare = lju.post(f"{page(mine)}recusal/", {"reason": ""})
    assert bare.status_code == 422
    assert lju.post(f"{page(mine)}recusal/", {"reason": "My student"}).url == QUEUE
    assert lju.get(page(mine)).status_code == 404
    words = plain(lju.get(QUEUE))
    assert "Anna" not in words
    assert emat.again(mine).conflict_reason == "My student"


def test_a_conflict_can_be_declared_later_too(declared, lju, emat):
    assert "I have a conflict of interest after all" in plain(lju.get(page(declared)))
    assert lju.post(f"{page(declared)}recusal/", {"reason": "Now I see"}).url == QUEUE
    assert emat.again(declared).state == "conflicted"


# -- the review


def review_of(emat, row):
    with acting(emat.system):
        review = Review.objects.get(assignment=row.pk)
        marks = dict(review.scores.values_list("criterion__code", "points"))
    return review, marks


def test_a_draft_keeps_what_is_there_and_stays(declared, lju, emat):
    form = {"record": "4", "comment": "To be continued", "act": "save"}
    assert lju.post(page(declared), form).url == page(declared)
    review, marks = review_of(emat, declared)
    assert (marks, review.comment, review.submitted_at) == ({"record": 4}, "To be continued", None)
    text = text_of(lju.get(page(declared)))
    assert '<input type="radio" name="record" value="4" checked>' in text
    assert "To be continued" in text


def test_submit_with_every_mark(declared, lju, emat):
    form = {**MARKS, "comment": "Fine", "act": "submit"}
    assert lju.post(page(declared), form).url == QUEUE
    review, marks = review_of(emat, declared)
    assert marks == {"record": 4, "motivation": 3, "references": 5}
    assert review.submitted_at is not None
    words = plain(lju.get(page(declared)))
    assert "It is final." in words
    assert "Submit the review" not in words


def test_a_missing_mark_is_named_beside_it_and_the_others_stay(declared, lju, emat):
    form = {"record": "4", "motivation": "3", "comment": "Good", "act": "submit"}
    response = lju.post(page(declared), form)
    assert response.status_code == 422
    text = text_of(response)
    assert "Give a mark." in plain(response)
    assert '<input type="radio" name="motivation" value="3" checked>' in text
    assert "Good" in text
    with acting(emat.system):
        assert Review.objects.count() == 0


def test_a_mark_off_the_scale_is_refused(declared, lju):
    response = lju.post(page(declared), {**MARKS, "record": "6", "act": "save"})
    assert response.status_code == 422


def test_other_marks_after_submission_are_refused(declared, lju):
    lju.post(page(declared), {**MARKS, "act": "submit"})
    response = lju.post(page(declared), {**MARKS, "record": "1", "act": "submit"})
    assert response.status_code == 409
    assert "A submitted review is final." in plain(response)


def test_the_same_review_twice_is_one(declared, lju, emat):
    for _ in range(2):
        assert lju.post(page(declared), {**MARKS, "act": "submit"}).url == QUEUE
    with acting(emat.system):
        assert Review.objects.count() == 1


def test_neighbours_lead_through_the_own_list(emat, lju):
    rows = assigned(emat, "anna", "boris", "clara")
    with acting(emat.system):
        for row in rows:
            row.dossier.sort_name = row.dossier.reference
            row.dossier.save(update_fields=["sort_name"])
    near = lju.get(page(rows[1])).context["neighbours"]
    assert near == {"previous": page(rows[0]), "next": page(rows[2])}
    assert lju.get(page(rows[0])).context["neighbours"]["previous"] == ""
    assert lju.get(page(rows[2])).context["neighbours"]["next"] == ""


def test_the_keys_are_an_improvement_only(declared, lju):
    text = text_of(lju.get(page(declared)))
    assert '<script type="module" src="/static/js/review.js"></script>' in text
    assert "onclick" not in text


def test_queries_of_a_review_do_not_grow_with_the_list(emat, lju):
    rows = assigned(emat, "anna", "boris")
    lju.post(f"{page(rows[0])}declaration/")
    few = queries(lju, page(rows[0]))
    assigned(emat, *[f"more{n}" for n in range(20)])
    assert queries(lju, page(rows[0])) == few


# -- files


def test_documents_of_an_assigned_dossier_open_and_are_journalled(
    emat, world, call, at, lju, browse
):
    dossier = complete(world, call, at)
    with acting(emat.system):
        Dossier.objects.filter(pk=dossier.pk).update(state="submitted", submitted_at=at)
        paper = Document.objects.get(dossier=dossier, requirement__code="transcript")
    address = f"{QUEUE}documents/{paper.pk}/file"
    assert lju.get(address).status_code == 404
    eligibility.rule(dossier.pk, actor=emat.officer, at=AFTER, findings=MET)
    ids = [emat.member("lju").pk]
    assignments.assign(dossier.pk, actor=emat.officer, at=AFTER, membership_ids=ids)
    response = lju.get(address)
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert browse("reviewer-waw@emat.example").get(address).status_code == 404
    with acting(emat.system):
        assert JournalEntry.objects.filter(act="document.read").count() == 1
        row = Assignment.objects.get(dossier=dossier)
    lju.post(f"{page(row)}recusal/", {"reason": "Mine"})
    assert lju.get(address).status_code == 404
