import Book
import Exchange
import GRDB

/// Reads who is a party to an account, and the keys of what is sealed.
struct PartyReader {
    struct Party {
        let reference: SubjectReference?
        let kind: SubjectKind
        let consents: [HeldConsent]
        let sealed: SealedBytes?
    }

    private let subjects: Statement
    private let consents: Statement
    private let parts: Statement
    private let keys: Statement

    init(_ db: Database) throws {
        subjects = try db.cachedStatement(
            sql: "SELECT reference, kind, dataKeyID, sealed FROM subject WHERE id = ?")
        consents = try db.cachedStatement(
            sql: """
                SELECT \(HeldConsent.storedColumns.joined(separator: ", "))
                FROM consent WHERE subjectID = ? AND partID IS NOT NULL ORDER BY grantedAt, id
                """)
        parts = try db.cachedStatement(sql: "SELECT name FROM part WHERE id = ?")
        keys = try db.cachedStatement(sql: "SELECT box FROM dataKey WHERE id = ?")
    }

    func part(_ id: Int64) throws -> String {
        guard let name = try String.fetchOne(parts, arguments: [id]) else {
            throw UnreadableColumn()
        }
        return name
    }

    func party(_ id: Int64) throws -> Party {
        guard let row = try Row.fetchOne(subjects, arguments: [id]) else {
            throw UnreadableColumn()
        }
        var columns = ColumnReader(row)
        let reference = try columns.takeOptionalBytes().flatMap { SubjectReference(bytes: $0) }
        let kind = try columns.take(SubjectKind.init(rawValue:))
        let sealed = try takeSealed(&columns)
        let rows = try Row.fetchCursor(consents, arguments: [id])
        let consents = try Array(
            rows.map { row in
                var columns = ColumnReader(row)
                return try HeldConsent(columns: &columns)
            })
        return Party(reference: reference, kind: kind, consents: consents, sealed: sealed)
    }

    /// Two columns: the number of the key and the sealed bytes, both NULL or neither.
    func takeSealed(_ columns: inout ColumnReader) throws -> SealedBytes? {
        let key: Int64? = try columns.take()
        let bytes = try columns.takeOptionalBytes()
        guard let key, let bytes else { return nil }
        guard let row = try Row.fetchOne(keys, arguments: [key]) else { throw UnreadableColumn() }
        var box = ColumnReader(row)
        return SealedBytes(keyBox: try box.takeBytes(), bytes: bytes)
    }
}
