import GRDB

/// `v5-told`: which consents and disputes of the books the log was told of.
enum BookEventMigration {
    static func migrate(_ db: Database) throws {
        for statement in [consents, disputes, taken] { try db.execute(sql: statement) }
    }

    /// `v6-numbered`: the log was told of consents without their numbers, by which evidence names those
    /// on which an answer rests; it is told of all again.
    static func tellAgain(_ db: Database) throws {
        try db.execute(sql: "UPDATE consent SET told = 0 WHERE told > 0")
    }

    /// `v9-telling`: between which rows a lot was found that is being told, where one that was taken up
    /// before may be anywhere; and the name of the log that was told.
    static func nameLog(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE telling ADD COLUMN firstID INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE telling ADD COLUMN lastID INTEGER NOT NULL DEFAULT \(Int64.max);
                CREATE TABLE toldLog (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    origin TEXT NOT NULL
                ) STRICT;
                """)
    }

    /// `told`: 0 not yet; 1 its recording is being told, 2 was told; 3 its withdrawal is being told, 4
    /// was told. What was there before is told, too.
    private static let consents = """
        ALTER TABLE consent ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told BETWEEN 0 AND 4);
        CREATE INDEX consentUntold ON consent(id) WHERE partID IS NOT NULL AND told < 2;
        CREATE INDEX consentWithdrawalUntold ON consent(id)
            WHERE withdrawnAt IS NOT NULL AND told IN (2, 3);
        CREATE TRIGGER consentChanged AFTER UPDATE OF expiresAt, evidenceDigest ON consent
            WHEN old.expiresAt IS NOT new.expiresAt
                OR old.evidenceDigest IS NOT new.evidenceDigest
            BEGIN UPDATE consent SET told = 0 WHERE id = new.id; END;
        """

    /// `disputeTold`: what the log was told last, NULL of none; `disputeTelling`: what is being told,
    /// `none` of none.
    private static let disputes = """
        ALTER TABLE account ADD COLUMN disputeTold TEXT
            CHECK (\(BookMigration.oneOf(BookMigration.disputes, "disputeTold")));
        ALTER TABLE account ADD COLUMN disputeTelling TEXT
            CHECK (\(BookMigration.oneOf(BookMigration.disputes + ["none"], "disputeTelling")));
        CREATE INDEX accountDisputeUntold ON account(id) WHERE dispute IS NOT disputeTold;
        CREATE INDEX accountDisputeTelling ON account(id) WHERE disputeTelling IS NOT NULL;
        """

    /// What is being told, in one entry at a time.
    private static let taken = """
        CREATE TABLE telling (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            type TEXT NOT NULL CHECK (type IN (
                'consent-recorded', 'consent-withdrawn', 'dispute-opened', 'dispute-ended')),
            memberID INTEGER NOT NULL REFERENCES member(id),
            itemsRoot BLOB NOT NULL CHECK (length(itemsRoot) = 32),
            logSize INTEGER NOT NULL CHECK (logSize >= 0)
        ) STRICT;
        """
}
