import Exchange
import GRDB

/// The tables of a draft. Constraints stand in the store's schema, which everything has to pass.
enum DraftSchema {
    /// The columns of `entry` that hold a state, beside those of the account.
    static let stateColumns = ["daysPastDue", "letter", "isInBadEvent"]

    static func create(_ db: Database) throws {
        let account = (HeldAccount.storedColumns + stateColumns).joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE subject (
                    id INTEGER PRIMARY KEY, reference BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,
                    isHeld INTEGER NOT NULL, hasTokens INTEGER NOT NULL, nameDigests BLOB,
                    sealed BLOB
                );
                CREATE TABLE token (
                    kid TEXT NOT NULL, token BLOB NOT NULL, subject INTEGER NOT NULL,
                    nameChecks BLOB, PRIMARY KEY (kid, token)
                ) WITHOUT ROWID;
                CREATE TABLE entry (
                    id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, digest BLOB NOT NULL,
                    line BLOB, consent INTEGER, sealed BLOB, subjectStatus TEXT, \(account)
                );
                CREATE TABLE identity (
                    reference BLOB NOT NULL, subject BLOB NOT NULL, PRIMARY KEY (reference, subject)
                ) WITHOUT ROWID;
                CREATE TABLE consent (
                    id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, basis TEXT NOT NULL,
                    purposes TEXT NOT NULL, grantedAt INTEGER NOT NULL, expiresAt INTEGER,
                    evidenceDigest BLOB, withdrawnAt INTEGER, evidenceSalt BLOB, isOfFile INTEGER NOT NULL,
                    UNIQUE (subject, basis, purposes, grantedAt)
                );
                CREATE TABLE kept (reference BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
                """)
    }

    /// What the application adds: who in the draft is who in the store. `isSame`: the store says of
    /// the account what the entry says; `isOutdated`: it knows a later day; `isOfSameDay`: it has it
    /// from the import's own day.
    static func createResolution(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE draft.knownSubject (
                    subject INTEGER PRIMARY KEY, subjectID INTEGER NOT NULL, isNew INTEGER NOT NULL
                );
                CREATE TABLE draft.knownEntry (
                    entry INTEGER PRIMARY KEY, subjectID INTEGER NOT NULL,
                    accountID INTEGER NOT NULL, isNew INTEGER NOT NULL, isSame INTEGER NOT NULL,
                    isOutdated INTEGER NOT NULL, isOfSameDay INTEGER NOT NULL
                );
                CREATE TABLE draft.looseConsent (consentID INTEGER PRIMARY KEY);
                """)
    }
}
