import RiskStandard
import Testing

@testable import Book

/// A small mapping and file for tests: what a test is about replaces a part of it.
enum BookFixture {
    /// The required fields; `ACC` is the account, `ID` the identifier.
    static let constants = """
        name: test
        version: 1
        file: { asOf: 2026-10-31 }
        amounts: { currency: CNY }
        constants:
          scheme: cn-rid
          role: borrower
          kind: instalment
          product: consumer-loan
          retail: true
          status: open
        """

    /// A mapping with `columns` besides identifier and account, and further blocks.
    static func mapping(columns: String = "", blocks: String = "") throws -> ColumnMapping {
        let columns = columns.split(separator: "\n").map { "  \($0)\n" }.joined()
        let yaml = """
            \(constants)
            columns:
              identifier: ID
              accountNumber: ACC
            \(columns)
            \(blocks)
            """
        return try ColumnMapping(yaml: Array(yaml.utf8))
    }

    /// All rows of a file, read through a mapping.
    static func rows(
        of csv: String, _ mapping: ColumnMapping, asOf: CalendarDate? = nil
    ) throws -> [BookRow] {
        var reader = try BookReader(
            mapping: mapping, source: .bytes(Array(csv.utf8)), asOf: asOf)
        var rows: [BookRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    /// The only row of a file, which must be a record.
    static func record(of csv: String, _ mapping: ColumnMapping) throws -> AccountRecord {
        let rows = try rows(of: csv, mapping)
        try #require(rows.count == 1)
        guard case .record(let record) = rows[0] else {
            Issue.record("rejected: \(rows[0])")
            throw NoRecord()
        }
        return record
    }

    /// The only row of a file, which must be a reject.
    static func reject(of csv: String, _ mapping: ColumnMapping) throws -> RejectedRow {
        let rows = try rows(of: csv, mapping)
        try #require(rows.count == 1)
        guard case .rejected(let reject) = rows[0] else {
            Issue.record("not rejected: \(rows[0])")
            throw NoRecord()
        }
        return reject
    }

    private struct NoRecord: Error {}
}
