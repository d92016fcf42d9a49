"""Data register of programmes, intakes, enrolments, rounds and placements."""

from consortium.register import EVERYBODY, GRANT, Entry, Ground

PROGRAMME = "as long as a degree awarded under it may have to be explained"

ENTRIES = {
    "ProgrammeVersion": Entry(
        purpose="say what is taught where, under which rules",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium code title tagline summary from_year ects language texts rules"
        " degrees state",
        internal="document_hash",
    ),
    "ProgrammeDocument": Entry(
        purpose="hold the file of a version, edited in the workshop",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers="staff observer committee",
        internal="id consortium version body intakes changed_at",
    ),
    "Period": Entry(
        purpose="say when",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium version parent position code title kind ects starts ends note",
    ),
    "Offering": Entry(
        purpose="say what a host gives",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium period host position code title specialisation language ects"
        " min_seats max_seats",
    ),
    "Track": Entry(
        purpose="say which ways lead through the programme",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium version position code title awards",
    ),
    "TrackStep": Entry(
        purpose="say which ways lead through the programme",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium track period offering",
    ),
    "Intake": Entry(
        purpose="name a cohort",
        retention=PROGRAMME,
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="id consortium version year name",
    ),
    "Enrolment": Entry(
        purpose="know who studies in the programme",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers="staff observer partner delegate applicant",
        only={"finance": "id consortium intake reference person_name state enrolled_at"},
        internal="id consortium intake track state enrolled_at reference",
        personal="student person_name person_email nationality residence_country",
    ),
    "AllocationRound": Entry(
        purpose="give seats by a published procedure",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers="staff",
        but={"partner": "result", "delegate": "result", "applicant": "result"},
        internal="id consortium intake period title opens_at closes_at zone policy merit_basis seed"
        " fingerprint state published_at",
        personal="result",
    ),
    "RoundSeats": Entry(
        purpose="give seats by a published procedure",
        retention=GRANT,
        ground=Ground.NONE,
        readers="staff observer partner delegate applicant",
        internal="id consortium round offering track least most",
    ),
    "SeatConfirmation": Entry(
        purpose="know how many students a host takes, since when and who said so",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff observer committee partner delegate",
        internal="id consortium offering intake least most note at",
        personal="confirmed_by_name",
    ),
    "Preference": Entry(
        purpose="give seats by students' wishes, and none where a student says it is not possible",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers="staff applicant",
        internal="id consortium round saved_at",
        personal="enrolment offering track rank because",
    ),
    "Placement": Entry(
        purpose="know who studies where, and report it to the agency",
        retention=GRANT,
        ground=Ground.CONTRACT,
        readers="staff observer partner delegate applicant",
        internal="id consortium round state",
        personal="enrolment period offering host sending starts_on ends_on ects reason",
    ),
    "TrackUserGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff person",
        internal="id permission user content_object",
    ),
    "TrackGroupGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.NONE,
        readers="staff person",
        internal="id permission group content_object",
    ),
    "OfferingUserGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff person",
        internal="id permission user content_object",
    ),
    "OfferingGroupGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.NONE,
        readers="staff person",
        internal="id permission group content_object",
    ),
}
