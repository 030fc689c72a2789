import GRDB

/// `v2-import`: imports that change only what changed. References and digests by which rows are
/// recognised, states of accounts a day, the journal, corrections, parts that are expected, sealed
/// identities, and answers to requests that may be repeated.
enum ImportMigration {
    static func migrate(_ db: Database) throws {
        for statement in [dataKeys, subjects, accounts, consents, states, journal, answers] {
            try db.execute(sql: statement)
        }
    }

    /// Accounts that stand on a day of their own although nothing closed them: few, and looked at by
    /// every import.
    static let isOnOwnDay = """
        followsPart = 0 AND vanishedOn IS NULL
            AND (status = 'open' OR status = 'written-off-still-claimed')
        """

    private static let dataKeys = """
        CREATE TABLE dataKey (
            id INTEGER PRIMARY KEY,
            memberID INTEGER NOT NULL REFERENCES member(id),
            box BLOB NOT NULL CHECK (length(box) BETWEEN 1 AND 1024)
        ) STRICT;
        """

    /// A subject of `v1-book`, or one that only an inquiry brought, has no reference until a book
    /// states it.
    private static let subjects = """
        ALTER TABLE subject ADD COLUMN reference BLOB CHECK (length(reference) = 16);
        ALTER TABLE subject ADD COLUMN nameDigests BLOB
            CHECK (length(nameDigests) BETWEEN 8 AND 24 AND length(nameDigests) % 8 = 0);
        ALTER TABLE subject ADD COLUMN dataKeyID INTEGER REFERENCES dataKey(id);
        ALTER TABLE subject ADD COLUMN sealed BLOB
            CHECK ((sealed IS NULL) = (dataKeyID IS NULL) AND length(sealed) BETWEEN 1 AND 8192);
        CREATE UNIQUE INDEX subjectByReference ON subject(memberID, reference)
            WHERE reference IS NOT NULL;
        """

    /// While `followsPart` holds, the account stands on the part's day, so that a day on which
    /// nothing changed writes no account; else on its own, `asOf`. `digest` is NULL where no row of
    /// a file says what stands: since `v1-book`, or since the account vanished. `consentID` is the
    /// consent that came with the row; it is no foreign key, since deleting a consent would then
    /// search all accounts.
    private static let accounts = """
        ALTER TABLE account ADD COLUMN digest BLOB CHECK (length(digest) = 16);
        ALTER TABLE account ADD COLUMN followsPart INTEGER NOT NULL DEFAULT 1
            CHECK (followsPart IN (0, 1));
        ALTER TABLE account ADD COLUMN vanishedOn INTEGER
            CHECK (vanishedOn BETWEEN 19000101 AND 29991231);
        ALTER TABLE account ADD COLUMN noticeHeld INTEGER NOT NULL DEFAULT 0
            CHECK (noticeHeld IN (0, 1));
        ALTER TABLE account ADD COLUMN overduePeak INTEGER;
        ALTER TABLE account ADD COLUMN overduePeakCurrency TEXT
            CHECK ((overduePeak IS NULL) = (overduePeakCurrency IS NULL)
                AND overduePeakCurrency GLOB '[A-Z][A-Z][A-Z]');
        ALTER TABLE account ADD COLUMN consentID INTEGER;
        ALTER TABLE account ADD COLUMN dataKeyID INTEGER REFERENCES dataKey(id);
        ALTER TABLE account ADD COLUMN sealed BLOB
            CHECK ((sealed IS NULL) = (dataKeyID IS NULL) AND length(sealed) BETWEEN 1 AND 8192);
        DROP INDEX accountByPart;
        CREATE INDEX accountByPart ON account(partID, followsPart);
        CREATE INDEX accountOnOwnDay ON account(partID, asOf) WHERE \(isOnOwnDay);
        CREATE INDEX accountByReference
            ON account(reference, subjectID, partID, digest, dataKeyID);
        """

    /// `isOfFile`: a consent file stated it, or an import before there were links to rows.
    private static let consents = """
        ALTER TABLE consent ADD COLUMN isOfFile INTEGER NOT NULL DEFAULT 1
            CHECK (isOfFile IN (0, 1));
        DROP INDEX consentByPart;
        CREATE INDEX consentByPart ON consent(partID, isOfFile);
        """

    /// A state holds from its day until the account's next one; without status it is not known.
    private static let states = """
        CREATE TABLE partDay (
            partID INTEGER NOT NULL REFERENCES part(id) ON DELETE CASCADE,
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            PRIMARY KEY (partID, asOf)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO partDay (partID, asOf) SELECT id, asOf FROM part;

        CREATE TABLE accountState (
            accountID INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            status TEXT CHECK (\(BookMigration.oneOf(BookMigration.accountStatuses, "status"))),
            daysPastDue INTEGER CHECK (daysPastDue >= 0),
            riskClass TEXT
                CHECK (\(BookMigration.oneOf(BookMigration.riskClasses, "riskClass"))),
            balance INTEGER,
            balanceCurrency TEXT CHECK (balanceCurrency GLOB '[A-Z][A-Z][A-Z]'),
            letter TEXT CHECK (length(letter) = 1),
            isInBadEvent INTEGER CHECK (isInBadEvent IN (0, 1)),
            PRIMARY KEY (accountID, asOf),
            CHECK ((status IS NULL) = (riskClass IS NULL)),
            CHECK ((status IS NULL) = (isInBadEvent IS NULL)),
            CHECK ((balance IS NULL) = (balanceCurrency IS NULL))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO accountState
            SELECT id, asOf, status,
                CASE WHEN json_type(facts, '$.daysPastDue') IS 'null' THEN NULL
                    ELSE ifnull(json_extract(facts, '$.daysPastDue'), 0) END,
                riskClass, balance, balanceCurrency,
                CASE WHEN historyEnds = asOf / 100 THEN substr(history, -1) END,
                ifnull(json_extract(facts, '$.daysPastDue'), 0) > 0 OR ifnull(overdue, 0) > 0
                    OR riskClass NOT IN ('normal', 'special-mention')
                    OR status = 'written-off-still-claimed'
            FROM account;
        """

    private static let journal = """
        CREATE TABLE bookImport (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            memberID INTEGER NOT NULL REFERENCES member(id),
            part TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 64),
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            importedAt INTEGER NOT NULL,
            mapping TEXT NOT NULL CHECK (length(mapping) BETWEEN 1 AND 256),
            extent TEXT NOT NULL CHECK (extent IN ('whole', 'some')),
            correction TEXT CHECK (length(correction) BETWEEN 1 AND 256),
            readRows INTEGER NOT NULL CHECK (readRows >= 0),
            rejects TEXT NOT NULL CHECK (rejects GLOB '{*}' AND length(rejects) <= 4096),
            new INTEGER NOT NULL CHECK (new >= 0),
            changed INTEGER NOT NULL CHECK (changed >= 0),
            vanished INTEGER NOT NULL CHECK (vanished >= 0)
        ) STRICT;
        CREATE INDEX bookImportByMember ON bookImport(memberID);

        CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            importID INTEGER NOT NULL REFERENCES bookImport(id),
            account BLOB NOT NULL CHECK (length(account) = 16),
            subject BLOB CHECK (length(subject) = 16),
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231)
        ) STRICT;

        CREATE TABLE expectedPart (
            memberID INTEGER NOT NULL REFERENCES member(id),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
            PRIMARY KEY (memberID, name)
        ) STRICT, WITHOUT ROWID;
        """

    private static let answers = """
        CREATE TABLE idempotentAnswer (
            memberID INTEGER NOT NULL REFERENCES member(id),
            key TEXT NOT NULL
                CHECK (length(key) BETWEEN 1 AND 64 AND key NOT GLOB '*[^A-Za-z0-9_-]*'),
            requestDigest BLOB NOT NULL CHECK (length(requestDigest) = 32),
            answer BLOB NOT NULL CHECK (length(answer) <= 65536),
            at INTEGER NOT NULL,
            PRIMARY KEY (memberID, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX idempotentAnswerByTime ON idempotentAnswer(at);
        """
}
