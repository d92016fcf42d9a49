"""Data register of the tenant's own models."""

from consortium.register import ACCOUNT, EDITION, GRANT, Entry

ENTRIES = {
    "User": Entry(
        purpose="sign in",
        retention=ACCOUNT,
        internal="id last_login is_superuser language is_active is_operator joined_at",
        personal="email name",
        sensitive="password",
    ),
    "ApiToken": Entry(
        purpose="let a program act for a person",
        retention="a year after its end, or until the person closes the account",
        internal="id owner for_consortium prefix scope created_at expires_at last_used_at"
        " revoked_at minute used",
        personal="name",
        sensitive="digest",
    ),
    "CacheEntry": Entry(
        purpose="slow down who guesses passwords",
        retention="a day at most",
        internal="cache_key value expires",
    ),
    "Consortium": Entry(
        purpose="name the tenant",
        retention="as long as the consortium exists",
        public="id slug name title zone language contact_email invented",
    ),
    "Party": Entry(
        purpose="name the partners of a consortium",
        retention="as long as the consortium exists",
        public="id consortium code name",
        internal="group receives_personal",
    ),
    "Department": Entry(
        purpose="name to whom a partner hands rights on",
        retention=GRANT,
        internal="id consortium party group name",
    ),
    "Membership": Entry(
        purpose="know who works in a consortium as what",
        retention=GRANT,
        internal="id consortium user role party department call_id call_title starts_at ends_at"
        " appointed_by reason",
        personal="person_name person_email appointed_by_name",
    ),
    "Delegation": Entry(
        purpose="know what a partner handed on to whom, and why",
        retention=GRANT,
        internal="id consortium party department membership container container_id container_name"
        " rights starts_at ends_at given_by reason",
        personal="given_by_name",
    ),
    "Viewing": Entry(
        purpose="show people who looked as they do, and why",
        retention=GRANT,
        internal="id consortium user viewer_id starts_at ends_at reason",
        personal="person_name viewer_name",
    ),
    "ConsortiumUserGrant": Entry(
        purpose="hold rights", retention=GRANT, internal="id permission user content_object"
    ),
    "PartyUserGrant": Entry(
        purpose="hold rights", retention=GRANT, internal="id permission user content_object"
    ),
    "PartyGroupGrant": Entry(
        purpose="hold rights", retention=GRANT, internal="id permission group content_object"
    ),
    "JournalEntry": Entry(
        purpose="show who did what",
        retention=GRANT,
        internal="id consortium act subject subject_id case_id for_id by_id by_parties wall at"
        " facts request_id is_read",
        personal="by_name reason told_name",
    ),
    "JournalLink": Entry(
        purpose="prove that the journal is whole and unchanged",
        retention=GRANT,
        internal="id consortium sequence form marks hash",
    ),
    "Transition": Entry(
        purpose="show how a thing came to its state",
        retention=GRANT,
        internal="id consortium subject subject_id event source target by_id at",
        personal="by_name reason",
    ),
    "OutboxMessage": Entry(
        purpose="send messages once and prove it",
        retention=EDITION,
        internal="id consortium key created_at due_at sent_at attempts last_error",
        personal="to subject body",
    ),
}

# Tables of django-allauth and Django that hold something of a person, by their own labels.
ACCOUNTS = {
    "account.EmailAddress": Entry(
        purpose="write to a person and know that the address is theirs",
        retention=ACCOUNT,
        internal="id user verified primary",
        personal="email",
    ),
    "mfa.Authenticator": Entry(
        purpose="ask for a second factor",
        retention="until the person removes it or closes the account",
        internal="id user type created_at last_used_at",
        sensitive="data",
    ),
    "usersessions.UserSession": Entry(
        purpose="show a person where they are signed in",
        retention="until the session has ended, and the night after",
        internal="id user created_at last_seen_at data",
        personal="ip user_agent",
        sensitive="session_key",
    ),
    "socialaccount.SocialAccount": Entry(
        purpose="sign in through a university",
        retention="until the person disconnects it or closes the account",
        internal="id user provider last_login date_joined",
        personal="uid extra_data",
    ),
}
