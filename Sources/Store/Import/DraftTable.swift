import Exchange
import Foundation
import GRDB

/// Writes the rows of a draft.
struct DraftTable {
    private let insertIdentity: BoundStatement
    private let keepAccount: BoundStatement
    private let insertEntry: BoundStatement
    private let upsertSubject: BoundStatement
    private let upsertToken: BoundStatement
    private let upsertConsent: BoundStatement
    private let findSubject: BoundStatement

    init(_ db: Database) throws {
        insertIdentity = try BoundStatement(
            db, sql: "INSERT OR IGNORE INTO identity VALUES (?, ?) RETURNING 1")
        keepAccount = try BoundStatement(db, sql: "INSERT OR IGNORE INTO kept VALUES (?)")
        insertEntry = try BoundStatement(db, sql: Self.entrySQL)
        upsertSubject = try BoundStatement(db, sql: Self.subjectSQL)
        upsertToken = try BoundStatement(db, sql: Self.tokenSQL)
        upsertConsent = try BoundStatement(db, sql: Self.consentSQL)
        findSubject = try BoundStatement(
            db, sql: "SELECT nameDigests, hasTokens FROM subject WHERE reference = ?")
    }

    /// Notes a row that the store does not know; false when it stood in an earlier row.
    func isFirst(_ row: RowIdentity) throws -> Bool {
        let values: [StoredValue] = [.bytes(row.account.bytes), .bytes(row.subject.bytes)]
        return try insertIdentity.first(values) { _ in true } ?? false
    }

    func keep(_ account: AccountReference) throws {
        try keepAccount.run([.bytes(account.bytes)])
    }

    func put(_ entry: HeldEntry) throws {
        let subject = try put(
            entry.subject, reference: entry.identity.subject, isHeld: true,
            sealed: entry.sealed?.subject)
        let consent = try entry.consent.map { try put($0, of: subject, isOfFile: false) }
        let state = AccountState(entry.account)
        try insertEntry.run(
            [
                .integer(subject), .bytes(entry.identity.digest),
                StoredValue(entry.identity.line?.bytes), StoredValue(consent),
                StoredValue(entry.sealed?.account), StoredValue(entry.subjectStatus?.rawValue),
            ],
            entry.account.storedValues,
            [
                StoredValue(state.daysPastDue),
                StoredValue(state.statedLetter.map { String($0.rawValue) }),
                StoredValue(state.isInBadEvent),
            ])
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
        try findSubject.first([.bytes(reference.bytes)]) { row in
            (Self.pieces(row.bytes(0), of: SubjectIdentity.nameDigestCount), row.holds(1))
        }
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
        let id = try upsertSubject.first([
            .bytes(reference.bytes), .text(key.kind.rawValue), StoredValue(isHeld),
            StoredValue(!key.tokens.isEmpty),
            StoredValue(key.tokens.isEmpty ? nil : key.nameDigest), StoredValue(sealed),
        ]) { $0.integer(0) }
        guard let id else { throw UnreadableColumn() }
        for token in key.tokens {
            try upsertToken.run([
                .text(token.kid), .bytes(token.token.bytes), .integer(id),
                StoredValue(token.nameCheck?.bytes),
            ])
        }
        return id
    }

    /// Adds a consent; returns its number in the draft. Stated twice it lasts until the earlier end.
    private func put(
        _ consent: HeldConsent, of subject: Int64, isOfFile: Bool
    ) throws -> Int64 {
        let id = try upsertConsent.first(
            [.integer(subject)], consent.storedValues, [StoredValue(isOfFile)]
        ) { $0.integer(0) }
        guard let id else { throw UnreadableColumn() }
        return id
    }

    private static let subjectSQL = """
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

    private static let tokenSQL = """
        INSERT INTO token (kid, token, subject, nameChecks) VALUES (?, ?, ?, ?)
        ON CONFLICT (kid, token) DO UPDATE SET nameChecks = nullif(
            CAST(ifnull(nameChecks, x'') || ifnull(excluded.nameChecks, x'') AS BLOB), x'')
        """

    private static let consentSQL = """
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

    private static let entrySQL = {
        let columns =
            ["subject", "digest", "line", "consent", "sealed", "subjectStatus"]
            + HeldAccount.storedColumns + DraftSchema.stateColumns
        let places = Array(repeating: "?", count: columns.count)
        return """
            INSERT INTO entry (\(columns.joined(separator: ", ")))
            VALUES (\(places.joined(separator: ", ")))
            """
    }()
}
