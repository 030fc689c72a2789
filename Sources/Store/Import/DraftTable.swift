import Exchange
import Foundation
import GRDB

/// Writes the rows of a draft.
struct DraftTable {
    private let db: Database

    init(_ db: Database) throws {
        self.db = db
    }

    /// Notes a row that the store does not know; false when it stood in an earlier row.
    func isFirst(_ row: RowIdentity) throws -> Bool {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO identity VALUES (?, ?)")
            .execute(arguments: [row.account.bytes.stored, row.subject.bytes.stored])
        return db.changesCount > 0
    }

    func keep(_ account: AccountReference) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO kept VALUES (?)")
            .execute(arguments: [account.bytes.stored])
    }

    func put(_ entry: HeldEntry) throws {
        let subject = try put(
            entry.subject, reference: entry.identity.subject, isHeld: true,
            sealed: entry.sealed?.subject)
        let consent = try entry.consent.map { try put($0, of: subject, isOfFile: false) }
        let state = AccountState(entry.account)
        let fixed: [(any DatabaseValueConvertible)?] = [
            subject, entry.identity.digest.stored, consent, entry.sealed?.account.stored,
            entry.subjectStatus?.rawValue,
        ]
        let stated: [(any DatabaseValueConvertible)?] = [
            state.daysPastDue, state.statedLetter.map { String($0.rawValue) }, state.isInBadEvent,
        ]
        try db.cachedStatement(sql: Self.insertEntry).execute(
            arguments: StatementArguments(fixed + entry.account.storedValues + stated))
    }

    func put(_ entry: SubjectConsent) throws {
        let subject = try put(
            entry.subject, reference: entry.reference, isHeld: false, sealed: entry.sealed)
        _ = try put(entry.consent, of: subject, isOfFile: true)
    }

    /// The digests of a subject's names and whether it has tokens here; nil when it is not here.
    func subject(
        _ reference: SubjectReference
    ) throws -> (names: [[UInt8]], hasTokens: Bool)? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT nameDigests, hasTokens FROM subject WHERE reference = ?"),
            arguments: [reference.bytes.stored])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        let names = Self.pieces(
            try columns.takeOptionalBytes() ?? [], of: SubjectIdentity.nameDigestCount)
        return (names, try columns.take())
    }

    /// Bytes cut into pieces of one length.
    static func pieces(_ bytes: [UInt8], of count: Int) -> [[UInt8]] {
        stride(from: 0, through: bytes.count - count, by: count).map {
            Array(bytes[$0..<$0 + count])
        }
    }
}

extension DraftTable {
    /// Adds a subject or what is new of it; returns its number in the draft. Names are strung
    /// together, oldest first. Where several rows state a kind, the last account's counts.
    private func put(
        _ key: SubjectKey, reference: SubjectReference, isHeld: Bool, sealed: [UInt8]?
    ) throws -> Int64 {
        let id = try Int64.fetchOne(
            db.cachedStatement(sql: Self.upsertSubject),
            arguments: [
                reference.bytes.stored, key.kind.rawValue, isHeld, !key.tokens.isEmpty,
                key.tokens.isEmpty ? nil : key.nameDigest?.stored, sealed?.stored,
            ])
        guard let id else { throw UnreadableColumn() }
        for token in key.tokens {
            try db.cachedStatement(sql: Self.upsertToken).execute(arguments: [
                token.kid, token.token.bytes.stored, id, token.nameCheck?.bytes.stored,
            ])
        }
        return id
    }

    /// Adds a consent; returns its number in the draft. Stated twice it lasts until the earlier end.
    private func put(
        _ consent: HeldConsent, of subject: Int64, isOfFile: Bool
    ) throws -> Int64 {
        let id = try Int64.fetchOne(
            db.cachedStatement(sql: Self.upsertConsent),
            arguments: StatementArguments([subject] + consent.storedValues + [isOfFile]))
        guard let id else { throw UnreadableColumn() }
        return id
    }

    private static let upsertSubject = """
        INSERT INTO subject (reference, kind, isHeld, hasTokens, nameDigests, sealed)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (reference) DO UPDATE SET
            kind = iif(excluded.isHeld, excluded.kind, kind),
            isHeld = isHeld OR excluded.isHeld,
            hasTokens = hasTokens OR excluded.hasTokens,
            nameDigests = nullif(
                CAST(ifnull(nameDigests, x'') || ifnull(excluded.nameDigests, x'') AS BLOB), x''),
            sealed = coalesce(excluded.sealed, sealed)
        RETURNING id
        """

    private static let upsertToken = """
        INSERT INTO token (kid, token, subject, nameChecks) VALUES (?, ?, ?, ?)
        ON CONFLICT (kid, token) DO UPDATE SET nameChecks = nullif(
            CAST(ifnull(nameChecks, x'') || ifnull(excluded.nameChecks, x'') AS BLOB), x'')
        """

    private static let upsertConsent = """
        INSERT INTO consent (subject, \(HeldConsent.storedColumns.joined(separator: ", ")), isOfFile)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (subject, basis, purposes, grantedAt) DO UPDATE SET
            expiresAt = min(
                coalesce(expiresAt, excluded.expiresAt), coalesce(excluded.expiresAt, expiresAt)),
            evidenceSalt = iif(excluded.evidenceDigest IS NULL, evidenceSalt, excluded.evidenceSalt),
            evidenceDigest = coalesce(excluded.evidenceDigest, evidenceDigest),
            withdrawnAt = coalesce(withdrawnAt, excluded.withdrawnAt),
            isOfFile = isOfFile OR excluded.isOfFile
        RETURNING id
        """

    private static let insertEntry = {
        let columns =
            ["subject", "digest", "consent", "sealed", "subjectStatus"]
            + HeldAccount.storedColumns + DraftSchema.stateColumns
        let places = Array(repeating: "?", count: columns.count)
        return """
            INSERT INTO entry (\(columns.joined(separator: ", ")))
            VALUES (\(places.joined(separator: ", ")))
            """
    }()
}
