"""Data register of the tenant's own models."""

from consortium.register import ACCOUNT, EDITION, EVERYBODY, GRANT, LOGIN, Entry, Ground

ENTRIES = {
    "User": Entry(
        purpose="sign in",
        retention=ACCOUNT,
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="id last_login is_superuser language is_active is_operator joined_at",
        personal="email name",
        sensitive="password",
    ),
    "ApiToken": Entry(
        purpose="let a program act for a person",
        retention="a year after its end, or until the person closes the account",
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="id owner for_consortium prefix scope created_at expires_at last_used_at"
        " revoked_at minute used",
        personal="name",
        sensitive="digest",
    ),
    "CacheEntry": Entry(
        purpose="slow down who guesses passwords",
        retention="a day at most",
        ground=Ground.OBLIGATION,
        readers=LOGIN,
        internal="cache_key value expires",
    ),
    "Consortium": Entry(
        purpose="name the tenant",
        retention="as long as the consortium exists",
        ground=Ground.NONE,
        readers=f"{EVERYBODY} person operator {LOGIN}",
        public="id slug name title zone language contact_email invented",
    ),
    "Party": Entry(
        purpose="name the partners of a consortium",
        retention="as long as the consortium exists",
        ground=Ground.NONE,
        readers=f"{EVERYBODY} person operator",
        public="id consortium code name",
        internal="group receives_personal receives_until",
    ),
    "Department": Entry(
        purpose="name to whom a partner hands rights on",
        retention=GRANT,
        ground=Ground.NONE,
        readers="staff observer partner person",
        internal="id consortium party group name",
    ),
    "Membership": Entry(
        purpose="know who works in a consortium as what",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff observer partner person",
        only={"operator": "id consortium role"},
        internal="id consortium user role party department call_id call_title starts_at ends_at"
        " appointed_by reason",
        personal="person_name person_email appointed_by_name",
    ),
    "Delegation": Entry(
        purpose="know what a partner handed on to whom, and why",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff observer partner person",
        internal="id consortium party department membership container container_id container_name"
        " rights starts_at ends_at given_by reason",
        personal="given_by_name",
    ),
    "Viewing": Entry(
        purpose="show people who looked as they do, and why",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers="staff observer person",
        internal="id consortium user viewer_id starts_at ends_at reason",
        personal="person_name viewer_name",
    ),
    "ConsortiumUserGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff person",
        internal="id permission user content_object",
    ),
    "PartyUserGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.PUBLIC_TASK,
        readers="staff person",
        internal="id permission user content_object",
    ),
    "PartyGroupGrant": Entry(
        purpose="hold rights",
        retention=GRANT,
        ground=Ground.NONE,
        readers="staff partner person",
        internal="id permission group content_object",
    ),
    "JournalEntry": Entry(
        purpose="show who did what",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers="staff observer inclusion",
        only={
            "applicant": "id consortium act subject subject_id case_id for_id wall by_parties at"
            " is_read told_name"
        },
        internal="id consortium act subject subject_id case_id for_id by_id by_parties wall at"
        " facts request_id is_read",
        personal="by_name reason told_name",
    ),
    "JournalLink": Entry(
        purpose="prove that the journal is whole and unchanged",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers="staff observer",
        internal="id consortium sequence form marks hash",
    ),
    "Transition": Entry(
        purpose="show how a thing came to its state",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers="staff observer inclusion",
        internal="id consortium subject subject_id event source target by_id at",
        personal="by_name reason",
    ),
    "OutboxMessage": Entry(
        purpose="send messages once and prove it",
        retention=EDITION,
        ground=Ground.CONTRACT,
        readers="staff observer",
        only={"operator": "id consortium created_at due_at sent_at attempts"},
        internal="id consortium key created_at due_at sent_at attempts last_error",
        personal="to subject body",
    ),
}

# What else the login role touches outside any wall, by Django's own labels; no other role reads it.
ACCOUNTS = {
    "account.EmailAddress": Entry(
        purpose="write to a person and know that the address is theirs",
        retention=ACCOUNT,
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="id user verified primary",
        personal="email",
    ),
    "mfa.Authenticator": Entry(
        purpose="ask for a second factor",
        retention="until the person removes it or closes the account",
        ground=Ground.OBLIGATION,
        readers=LOGIN,
        internal="id user type created_at last_used_at",
        sensitive="data",
    ),
    "usersessions.UserSession": Entry(
        purpose="show a person where they are signed in",
        retention="until the session has ended, and the night after",
        ground=Ground.OBLIGATION,
        readers=LOGIN,
        internal="id user created_at last_seen_at data",
        personal="ip user_agent",
        sensitive="session_key",
    ),
    "socialaccount.SocialAccount": Entry(
        purpose="sign in through a university",
        retention="until the person disconnects it or closes the account",
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="id user provider last_login date_joined",
        personal="uid extra_data",
    ),
    "account.EmailConfirmation": Entry(
        purpose="confirm an address",
        retention="until it is confirmed, three days at most",
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="id email_address created sent",
        sensitive="key",
    ),
    "socialaccount.SocialApp": Entry(
        purpose="know a university's sign-in service; kept empty, it is configured by the environment",
        retention="with the installation",
        ground=Ground.NONE,
        readers=LOGIN,
        internal="id provider provider_id name client_id secret key settings",
    ),
    "socialaccount.SocialToken": Entry(
        purpose="none: tokens of universities are not kept",
        retention="with the installation",
        ground=Ground.NONE,
        readers=LOGIN,
        internal="id app account token token_secret expires_at",
    ),
    "consortium.User_groups": Entry(
        purpose="Django's own; rights here hang on parties and departments instead",
        retention=ACCOUNT,
        ground=Ground.NONE,
        readers=LOGIN,
        internal="id user group",
    ),
    "auth.Group": Entry(
        purpose="carry the grants of a party or a department",
        retention=GRANT,
        ground=Ground.NONE,
        readers=LOGIN,
        internal="id name",
    ),
    "sessions.Session": Entry(
        purpose="stay signed in",
        retention="until the session ends",
        ground=Ground.CONTRACT,
        readers=LOGIN,
        internal="expire_date",
        sensitive="session_key session_data",
    ),
    **{
        f"procrastinate.Procrastinate{name}": Entry(
            purpose="run jobs; their arguments are ids",
            retention="until the job is done and cleared away",
            ground=Ground.NONE,
            readers=LOGIN,
            internal=fields,
        )
        for name, fields in {
            "Worker": "id last_heartbeat",
            "Job": "id queue_name task_name priority lock args status scheduled_at attempts"
            " queueing_lock abort_requested worker",
            "Event": "id job type at",
            "PeriodicDefer": "id task_name defer_timestamp job periodic_id",
        }.items()
    },
    **{
        label: Entry(
            purpose="name kinds of rights",
            retention="with the installation",
            ground=Ground.NONE,
            readers=f"{EVERYBODY} person operator {LOGIN}",
            internal=fields,
        )
        for label, fields in {
            "auth.Permission": "id name content_type codename",
            "contenttypes.ContentType": "id app_label model",
        }.items()
    },
}
