import GRDB

/// `v1-book`: members' books by token, and what members published.
///
/// Dates are integers `yyyymmdd`, months `yyyymm`, moments seconds since 1970. JSON is checked by shape only: SQLite counts its own
/// JSON functions among those that a schema must not call (`trusted_schema`).
enum BookMigration {
    static func migrate(_ db: Database) throws {
        for statement in [members, subjects, accounts, consents, inquiries, publications] {
            try db.execute(sql: statement)
        }
    }

    private static let members = """
        CREATE TABLE member (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
                CHECK (length(name) BETWEEN 3 AND 40 AND name NOT GLOB '*[^a-z0-9-]*')
        ) STRICT;

        CREATE TABLE part (
            id INTEGER PRIMARY KEY,
            memberID INTEGER NOT NULL REFERENCES member(id),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            importedAt INTEGER NOT NULL,
            mapping TEXT NOT NULL CHECK (length(mapping) BETWEEN 1 AND 256),
            UNIQUE (memberID, name)
        ) STRICT;
        """

    /// `addition` is the number of the write since which the subject has had an account or an
    /// inquiry without a break, so that its tokens belong into filters; NULL while it has neither.
    private static let subjects = """
        CREATE TABLE subject (
            id INTEGER PRIMARY KEY,
            memberID INTEGER NOT NULL REFERENCES member(id),
            kind TEXT NOT NULL CHECK (kind IN ('person', 'enterprise')),
            addition INTEGER CHECK (addition > 0),
            UNIQUE (memberID, id)
        ) STRICT;
        CREATE INDEX subjectByAddition ON subject(memberID, addition)
            WHERE addition IS NOT NULL;

        CREATE TABLE token (
            kid TEXT NOT NULL
                CHECK (length(kid) BETWEEN 1 AND 32 AND kid NOT GLOB '*[^A-Za-z0-9_-]*'),
            token BLOB NOT NULL CHECK (length(token) = 32),
            memberID INTEGER NOT NULL,
            subjectID INTEGER NOT NULL,
            nameChecks BLOB
                CHECK (length(nameChecks) BETWEEN 1 AND 48 AND length(nameChecks) % 16 = 0),
            PRIMARY KEY (kid, token, memberID),
            UNIQUE (subjectID, kid),
            FOREIGN KEY (memberID, subjectID) REFERENCES subject(memberID, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE position (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            additions INTEGER NOT NULL CHECK (additions >= 0),
            removals INTEGER NOT NULL CHECK (removals >= 0)
        ) STRICT;
        INSERT INTO position (id, additions, removals) VALUES (1, 0, 0);
        """

    private static let accounts = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            subjectID INTEGER NOT NULL REFERENCES subject(id) ON DELETE CASCADE,
            partID INTEGER NOT NULL REFERENCES part(id) ON DELETE CASCADE,
            subjectStatus TEXT CHECK (subjectStatus IN ('deceased', 'bankrupt')),
            reference BLOB NOT NULL CHECK (length(reference) = 16),
            role TEXT NOT NULL CHECK (\(oneOf(roles, "role"))),
            kind TEXT NOT NULL CHECK (\(oneOf(accountKinds, "kind"))),
            product TEXT NOT NULL
                CHECK (length(product) BETWEEN 1 AND 40 AND product NOT GLOB '*[^a-z0-9-]*'),
            isRetail INTEGER NOT NULL CHECK (isRetail IN (0, 1)),
            status TEXT NOT NULL CHECK (\(oneOf(accountStatuses, "status"))),
            openedMonth INTEGER CHECK (openedMonth BETWEEN 190001 AND 299912),
            closedMonth INTEGER CHECK (closedMonth BETWEEN 190001 AND 299912),
            riskClass TEXT NOT NULL CHECK (\(oneOf(riskClasses, "riskClass"))),
            decidedBy TEXT NOT NULL CHECK (length(decidedBy) BETWEEN 1 AND 64),
            standard TEXT NOT NULL CHECK (length(standard) BETWEEN 1 AND 64),
            facts TEXT NOT NULL CHECK (facts GLOB '{*}' AND length(facts) <= 4096),
            overdue INTEGER,
            overdueCurrency TEXT CHECK (overdueCurrency GLOB '[A-Z][A-Z][A-Z]'),
            balance INTEGER,
            balanceCurrency TEXT CHECK (balanceCurrency GLOB '[A-Z][A-Z][A-Z]'),
            creditLimit INTEGER,
            creditLimitCurrency TEXT CHECK (creditLimitCurrency GLOB '[A-Z][A-Z][A-Z]'),
            monthlyDue INTEGER,
            monthlyDueCurrency TEXT CHECK (monthlyDueCurrency GLOB '[A-Z][A-Z][A-Z]'),
            history TEXT CHECK (length(history) <= 60),
            historyEnds INTEGER CHECK (historyEnds BETWEEN 190001 AND 299912),
            badEventEnded INTEGER CHECK (badEventEnded BETWEEN 19000101 AND 29991231),
            relief TEXT CHECK (length(relief) BETWEEN 1 AND 40),
            dispute TEXT CHECK (\(oneOf(disputes, "dispute"))),
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            UNIQUE (subjectID, reference),
            CHECK ((overdue IS NULL) = (overdueCurrency IS NULL)),
            CHECK ((balance IS NULL) = (balanceCurrency IS NULL)),
            CHECK ((creditLimit IS NULL) = (creditLimitCurrency IS NULL)),
            CHECK ((monthlyDue IS NULL) = (monthlyDueCurrency IS NULL)),
            CHECK ((history IS NULL) = (historyEnds IS NULL))
        ) STRICT;
        CREATE INDEX accountByPart ON account(partID);
        """

    /// `partID` is NULL for a consent under which a member asked. `purposes` is a sorted JSON array,
    /// so that equal sets are equal texts.
    private static let consents = """
        CREATE TABLE consent (
            id INTEGER PRIMARY KEY,
            subjectID INTEGER NOT NULL REFERENCES subject(id) ON DELETE CASCADE,
            partID INTEGER REFERENCES part(id) ON DELETE CASCADE,
            basis TEXT NOT NULL CHECK (basis IN ('consent', 'legal-duty')),
            purposes TEXT NOT NULL
                CHECK (purposes GLOB '[[]"*"]' AND length(purposes) <= 4096),
            grantedAt INTEGER NOT NULL,
            expiresAt INTEGER CHECK (expiresAt > grantedAt),
            evidenceDigest BLOB CHECK (length(evidenceDigest) = 32),
            withdrawnAt INTEGER,
            CHECK (expiresAt IS NOT NULL OR basis = 'legal-duty')
        ) STRICT;
        CREATE UNIQUE INDEX consentIdentity
            ON consent(subjectID, basis, purposes, grantedAt, ifnull(partID, 0));
        CREATE INDEX consentByPart ON consent(partID);
        """

    private static let inquiries = """
        CREATE TABLE inquiry (
            id INTEGER PRIMARY KEY,
            subjectID INTEGER NOT NULL REFERENCES subject(id) ON DELETE CASCADE,
            purpose TEXT NOT NULL
                CHECK (length(purpose) BETWEEN 1 AND 40 AND purpose NOT GLOB '*[^a-z0-9-]*'),
            at INTEGER NOT NULL,
            caseDigest BLOB CHECK (length(caseDigest) = 32)
        ) STRICT;
        CREATE INDEX inquiryBySubject ON inquiry(subjectID, at);
        """

    private static let publications = """
        CREATE TABLE publication (
            id INTEGER PRIMARY KEY,
            memberID INTEGER NOT NULL REFERENCES member(id),
            asOf INTEGER NOT NULL CHECK (asOf BETWEEN 19000101 AND 29991231),
            publishedAt INTEGER NOT NULL,
            subjects INTEGER NOT NULL CHECK (subjects >= 0),
            withheld INTEGER NOT NULL CHECK (withheld BETWEEN 0 AND subjects)
        ) STRICT;
        CREATE INDEX publicationByMember ON publication(memberID);

        CREATE TABLE publicationTotal (
            publicationID INTEGER NOT NULL REFERENCES publication(id) ON DELETE CASCADE,
            riskClass TEXT NOT NULL CHECK (\(oneOf(riskClasses, "riskClass"))),
            currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
            accounts INTEGER NOT NULL CHECK (accounts >= 0),
            balance INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX publicationTotalIdentity
            ON publicationTotal(publicationID, riskClass, ifnull(currency, ''));
        """
}
