"""The people of the access matrix, the things they knock at, and who may enter where.

One consortium is the house, the other holds the intruders. Every route and method stands here
once; `test_access.py` fails for one that does not.
"""

ANON, STRANGER, OWNER, REVIEWER, PARTNER = "anonymous", "stranger", "owner", "reviewer", "partner"
OTHER_PARTNER, OTHER_REVIEWER = "other partner", "other reviewer"
COMMITTEE, OFFICER, COORDINATOR = "committee", "officer", "coordinator"
OBSERVER, ONE_CALL, FINANCE = "observer", "committee of one call", "finance officer"
DELEGATE = "delegate of one offering"
INCLUSION = "inclusion officer"
FOREIGN, OPERATOR = "coordinator of the other consortium", "operator"
WEAK = "coordinator without a second factor"

OFFICE = frozenset({COMMITTEE, OFFICER, COORDINATOR, OBSERVER})
# Who works in the office at large, and those who see one call of it alone.
DOORS = OFFICE | {ONE_CALL}
EVERYONE = frozenset(
    {
        ANON,
        STRANGER,
        OWNER,
        REVIEWER,
        PARTNER,
        OTHER_PARTNER,
        OTHER_REVIEWER,
        COMMITTEE,
        OFFICER,
        COORDINATOR,
        OBSERVER,
        ONE_CALL,
        FINANCE,
        DELEGATE,
        INCLUSION,
        FOREIGN,
        OPERATOR,
        WEAK,
    }
)
SIGNED_IN = EVERYONE - {ANON}
WITH_ROLE = SIGNED_IN - {STRANGER, OWNER, OPERATOR, WEAK}
REVIEWERS = frozenset({REVIEWER, OTHER_REVIEWER})
PARTNERS = frozenset({PARTNER, OTHER_PARTNER})
NOBODY: frozenset[str] = frozenset()
DESK = frozenset({OFFICER, COORDINATOR})
BOARD = frozenset({COMMITTEE, ONE_CALL, COORDINATOR})
RECORDS = DESK | {OBSERVER}
MONEY = frozenset({FINANCE, COORDINATOR})
CHIEF = frozenset({COORDINATOR})
OWN = frozenset({OWNER})
ASSIGNED = frozenset({REVIEWER})
OWN_PARTNER = frozenset({PARTNER})
HOST = frozenset({PARTNER, DELEGATE})
PROPOSER = frozenset({OTHER_PARTNER})
VAULT = frozenset({INCLUSION})
# Referees' pages open to whoever holds a link or a session made from one: here, nobody does.
LINK = NOBODY


def _rows(who: frozenset[str], method: str, names: str) -> dict[tuple[str, str], frozenset[str]]:
    return {(name, method): who for name in names.split()}


ROWS: dict[tuple[str, str], frozenset[str]] = {
    **_rows(
        EVERYONE,
        "get",
        "home privacy accessibility status public:programme public:call public:privacy"
        " public:accessibility api:schema api:programmes api:partners api:calls api:call",
    ),
    **_rows(EVERYONE, "post", "public:call"),
    **_rows(frozenset({OPERATOR}), "get", "operator:home"),
    **_rows(SIGNED_IN, "get", "second-factor confirm sessions tokens"),
    **_rows(SIGNED_IN, "post", "end-sessions"),
    **_rows(WITH_ROLE, "get", "new-token"),
    **_rows(WITH_ROLE, "post", "new-token"),
    **_rows(OWN, "post", "end-session revoke-token"),
    # No university is configured here.
    **_rows(NOBODY, "get", "university university-connect university-again"),
    **_rows(SIGNED_IN, "get", "account applicant:dashboard applicant:study api:own-dossiers"),
    **_rows(SIGNED_IN, "get", "api:own-studies api:open-rounds"),
    **_rows(SIGNED_IN, "post", "applicant:start api:start"),
    **_rows(
        OWN,
        "get",
        "applicant:dossier applicant:documents applicant:document-file applicant:attach"
        " applicant:referees applicant:resend applicant:replace applicant:check applicant:submit"
        " applicant:receipt applicant:withdraw applicant:offer applicant:accept applicant:decline"
        " applicant:tracks applicant:section applicant:round applicant:access api:own-dossier"
        " api:own-access api:own-readers api:own-offer api:wishes",
    ),
    **_rows(
        OWN,
        "post",
        "applicant:document-removal applicant:attach applicant:referees applicant:resend"
        " applicant:replace applicant:submit applicant:withdraw applicant:reopen applicant:accept"
        " applicant:decline applicant:tracks applicant:section applicant:round api:section"
        " api:own-tracks api:attach api:document-removal api:ask-referee api:resend"
        " api:replace-referee api:submission api:reopening api:withdrawal api:acceptance"
        " api:refusal api:wishes",
    ),
    **_rows(
        OWN,
        "get",
        "applicant:needs applicant:evidence applicant:passport api:own-needs api:own-passport",
    ),
    **_rows(
        OWN,
        "post",
        "applicant:needs applicant:evidence applicant:evidence-removal applicant:passport"
        " api:own-needs api:own-evidence api:evidence-removal api:own-passport",
    ),
    **_rows(
        VAULT,
        "get",
        "inclusion:desk inclusion:case inclusion:hold inclusion:approve inclusion:refuse"
        " inclusion:report inclusion:evidence api:needs-cases api:needs-case",
    ),
    **_rows(
        VAULT,
        "post",
        "inclusion:hold inclusion:approve inclusion:refuse inclusion:report api:needs-evidence"
        " api:needs-approval api:needs-refusal api:needs-report",
    ),
    **_rows(DESK, "get", "office:passport api:needs-steps"),
    **_rows(DESK, "post", "office:passport api:passport"),
    **_rows(LINK, "get", "referee:letter referee:decline referee:receipt referee:file"),
    **_rows(LINK, "get", "referee:landing api:reference"),
    **_rows(LINK, "post", "referee:letter referee:decline referee:landing api:letter"),
    **_rows(LINK, "post", "api:reference-refusal"),
    **_rows(REVIEWERS, "get", "reviewer:queue api:assignments"),
    **_rows(
        ASSIGNED,
        "get",
        "reviewer:review reviewer:document reviewer:letter api:assignment api:assigned-dossier",
    ),
    **_rows(
        ASSIGNED,
        "post",
        "reviewer:review reviewer:declare reviewer:recuse api:declaration api:recusal"
        " api:review-draft api:review-submission",
    ),
    **_rows(
        PARTNERS | {DELEGATE},
        "get",
        "partner:home partner:students partner:seats api:hosted"
        " partner:students-file api:own-seats",
    ),
    **_rows(
        PARTNERS,
        "get",
        "partner:people partner:rights partner:appoint partner:open-department partner:hand-on"
        " api:own-people api:departments api:granted api:delegations",
    ),
    **_rows(PARTNERS, "post", "partner:appoint partner:open-department partner:hand-on"),
    **_rows(PARTNERS, "post", "api:appoint-own api:open-department api:hand-on"),
    **_rows(OWN_PARTNER, "get", "partner:dismiss partner:take-back"),
    **_rows(OWN_PARTNER, "post", "partner:dismiss partner:take-back api:dismiss-own api:take-back"),
    **_rows(MONEY, "get", "finance:funding finance:export api:funding"),
    **_rows(HOST, "get", "partner:arrival"),
    **_rows(OWN_PARTNER, "get", "partner:confirm-seats"),
    **_rows(OWN_PARTNER, "post", "partner:confirm-seats api:confirm-seats"),
    **_rows(OFFICE, "get", "office:host office:host-file api:board api:host-students"),
    **_rows(DOORS, "get", "api:seats"),
    **_rows(
        PARTNERS,
        "get",
        "partner:sent partner:agreements partner:propose partner:accept partner:decline"
        " partner:withdraw partner:revoke api:sent api:agreements",
    ),
    **_rows(PARTNERS, "post", "partner:propose partner:revoke"),
    **_rows(PARTNERS, "post", "api:propose api:agreement-revocation"),
    **_rows(OWN_PARTNER, "post", "partner:accept partner:decline"),
    **_rows(OWN_PARTNER, "post", "api:agreement-acceptance api:agreement-refusal"),
    **_rows(PROPOSER, "post", "partner:withdraw api:agreement-withdrawal"),
    **_rows(
        OWN_PARTNER,
        "get",
        "partner:document partner:letter api:partner-document api:partner-letter",
    ),
    **_rows(HOST, "get", "partner:student api:partner-student"),
    **_rows(OFFICE, "get", "office:agreements api:office-agreements"),
    **_rows(ASSIGNED, "get", "reviewer:declare reviewer:recuse"),
    **_rows(HOST, "post", "partner:arrival api:arrival"),
    **_rows(
        DOORS,
        "get",
        "office:cockpit office:calls office:call office:ranking office:offers office:dossiers"
        " office:dossier office:document-file office:letter-file office:tracks office:replay"
        " api:rankings api:dossiers api:dossier api:offers",
    ),
    **_rows(DOORS, "post", "office:replay"),
    **_rows(
        DOORS,
        "get",
        "office:programmes office:workshop office:version-changes office:programme-file"
        " api:versions api:version api:version-file",
    ),
    **_rows(
        CHIEF,
        "get",
        "office:new-version office:version-facts office:entry office:remove-entry"
        " office:move-entry office:publish-version office:replace-draft office:discard-draft",
    ),
    **_rows(
        CHIEF,
        "post",
        "office:new-version office:version-facts office:entry office:remove-entry"
        " office:move-entry office:publish-version office:replace-draft office:discard-draft",
    ),
    **_rows(
        OFFICE,
        "get",
        "office:students office:student office:people api:students api:people api:roles"
        " office:partners office:partner-basis office:rights api:transfers api:rights api:holdings",
    ),
    **_rows(DOORS, "get", "office:unfinished api:unfinished"),
    **_rows(CHIEF, "get", "office:record-basis office:end-basis"),
    **_rows(CHIEF, "post", "office:record-basis office:end-basis api:record-basis api:end-basis"),
    **_rows(CHIEF, "get", "office:open-call office:extend-call office:close-call"),
    **_rows(CHIEF, "post", "office:open-call office:extend-call office:close-call"),
    **_rows(CHIEF, "post", "api:call-opening api:call-extension api:call-closing"),
    **_rows(DESK, "get", "office:assignments office:distribute office:bulk-assignment"),
    **_rows(DESK, "post", "office:distribute office:bulk-assignment office:assign office:rule"),
    **_rows(DESK, "post", "office:take-back api:distribution api:eligibility api:assign"),
    **_rows(DESK, "get", "office:compute office:rule office:assign office:take-back"),
    **_rows(CHIEF, "get", "office:prepare-offer"),
    **_rows(DESK, "post", "office:compute api:ranking-compute"),
    **_rows(BOARD, "get", "office:approve"),
    **_rows(BOARD, "post", "office:approve api:approval"),
    **_rows(CHIEF, "get", "office:prepare-offers office:send-offers office:take-back-offer"),
    **_rows(CHIEF, "post", "office:prepare-offers office:send-offers office:take-back-offer"),
    **_rows(CHIEF, "post", "office:prepare-offer api:prepare-offer api:send-offer"),
    **_rows(
        DESK,
        "get",
        "office:rounds office:new-round office:round office:open-round office:close-round"
        " office:decide-round office:replay-round office:place office:withdraw-student api:rounds"
        " api:round office:round-file api:round-file office:what-if office:adopt-answer"
        " office:edit-round office:discard-round",
    ),
    **_rows(
        DESK,
        "post",
        "office:new-round office:open-round office:close-round office:decide-round"
        " office:replay-round office:place office:withdraw-student api:round-opening"
        " api:round-closing api:round-decision api:what-if api:adopt-answer office:adopt-answer"
        " office:edit-round office:discard-round api:draft-round api:redraft-round"
        " api:discard-round",
    ),
    **_rows(CHIEF, "get", "office:publish-round office:appoint office:dismiss"),
    **_rows(CHIEF, "post", "office:publish-round office:appoint office:dismiss"),
    **_rows(
        CHIEF,
        "post",
        "api:begin-draft api:put-entry api:move-entry api:remove-entry api:replace-body"
        " api:publish-draft api:discard-draft",
    ),
    **_rows(CHIEF, "post", "api:round-publication api:appoint api:dismiss"),
    **_rows(CHIEF, "get", "office:look-as"),
    **_rows(CHIEF, "post", "office:look-as office:stop-looking"),
    **_rows(RECORDS, "get", "office:journal office:messages api:journal api:journal-head"),
}

# What an act needs to be asked at all: a body that parses, so that the answer is about rights.
BODIES: dict[str, dict[str, object]] = {
    "api:section": {"values": {"phone": "1"}},
    "api:own-tracks": {"tracks": []},
    "api:begin-draft": {"code": "v9", "title": "Nine", "from_year": 2030},
    "api:put-entry": {"where": ["periods", "s1"], "values": {}, "seen": "x"},
    "api:move-entry": {"where": ["periods", "s1"], "by": 1, "seen": "x"},
    "api:remove-entry": {"where": ["periods", "s1"], "seen": "x"},
    "api:replace-body": {"body": {}, "seen": "x"},
    "api:publish-draft": {"seen": "x"},
    "api:discard-draft": {"reason": "x"},
    "api:ask-referee": {"name": "A", "email": "a@example.net"},
    "api:replace-referee": {"name": "A", "email": "a@example.net"},
    "api:recusal": {"reason": "related"},
    "api:call-extension": {"closes_at": "2028-01-01T00:00:00Z", "reason": "late"},
    "api:eligibility": {"findings": {}},
    "api:assign": {"memberships": []},
    "api:record-basis": {"kind": "clauses", "document": "SCC 7", "dated": "2027-01-01"},
    "api:end-basis": {"reason": "replaced"},
    "api:adopt-answer": {"seen": "x", "reason": "x"},
    "api:wishes": {"offerings": []},
    "api:confirm-seats": {"most": 3},
    "partner:decline": {"reason": "x"},
    "partner:revoke": {"reason": "x"},
    "api:agreement-refusal": {"reason": "x"},
    "api:agreement-revocation": {"reason": "x"},
    "api:propose": {"giver": "WAW", "receiver": "LJU", "items": ["path"]},
    "api:letter": {"email": "a@example.net"},
    "api:own-needs": {"asks": True, "wanted": "A chair."},
    "api:own-passport": {"number": "AB12345", "country": "DZ", "expires_on": "2031-01-01"},
    "api:needs-evidence": {"note": "Seen."},
    "api:needs-approval": {"amount": 3000},
    "api:needs-refusal": {"reason": "No."},
    "api:passport": {"reason": "Visa."},
    "api:reference-refusal": {"email": "a@example.net"},
    "api:appoint": {"name": "N", "email": "n@example.net", "role": "officer", "reason": "new"},
    "api:appoint-own": {"name": "N", "email": "n@example.net", "role": "reviewer", "reason": "new"},
    "api:dismiss": {"reason": "left"},
    "api:dismiss-own": {"reason": "left"},
    "api:open-department": {"name": "Chemistry"},
    "api:hand-on": {"rights": ["host_students"], "reason": "why"},
    "api:take-back": {"reason": "moved"},
}
