import Book
import Exchange
import Membership
import RiskStandard

/// A lender's file in the plain layout, as text, on its way through reader and importer.
struct PlainBook {
    /// One row; unless told, an instalment loan of 80,000 yuan, paid on time, with a consent.
    struct Row {
        var scheme = "cn-rid"
        var identifier: String
        var name = "张三"
        var account: String
        var role = "borrower"
        var daysPastDue = "0"
        var balance = "80000"
        var creditImpaired = ""
        var expectedLoss = ""
        var basis = "consent"
        var purposes = "loan-approval;post-loan"
        var granted = "2026-01-01"
        var expires = "2027-01-01"

        init(_ identifier: String, account: String, _ change: (inout Row) -> Void = { _ in }) {
            self.identifier = identifier
            self.account = account
            change(&self)
        }

        init(
            _ resident: Samples.Resident, account: String, _ change: (inout Row) -> Void = { _ in }
        ) {
            self.init(resident.rawValue, account: account) { row in
                row.name = resident.name
                change(&row)
            }
        }

        fileprivate var text: String {
            [
                scheme, identifier, name, account, role, "instalment", "consumer-loan", "true",
                "open", daysPastDue, balance, "CNY", creditImpaired, expectedLoss, basis, purposes,
                granted, expires,
            ].joined(separator: ",")
        }
    }

    private static let header =
        "scheme,identifier,name,accountNumber,role,kind,product,retail,status,daysPastDue,"
        + "balance,currency,creditImpaired,expectedLossBasisPoints,consentBasis,"
        + "consentPurposes,consentGrantedAt,consentExpiresAt"

    let text: String

    init(_ rows: [Row]) {
        text = ([Self.header] + rows.map(\.text)).joined(separator: "\n") + "\n"
    }

    func reader(asOf: CalendarDate = Samples.bookDay) throws -> BookReader {
        try BookReader(
            mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(text.utf8)),
            asOf: asOf)
    }
}

/// What an import did, and what it left out.
struct PlainImport {
    let result: BookImportResult
    let rejected: [RejectedRow]

    /// Imports rows, and where given a consent file, as one part of a member's book.
    init(
        _ rows: [PlainBook.Row], consents: String? = nil, by member: String = "lakeside",
        part: String = "main", asOf: CalendarDate = Samples.bookDay,
        extent: BookHeader.Extent = .whole, correction: String? = nil,
        options: ImportOptions = ImportOptions(), into node: TestNode
    ) throws {
        var book = try PlainBook(rows).reader(asOf: asOf)
        var file = try consents.map { try ConsentReader(source: .bytes(Array($0.utf8))) }
        var rejected: [RejectedRow] = []
        result = try node.importer().importBook(
            Self.header(
                of: member, part: part, asOf: asOf, extent: extent, correction: correction),
            options: options, rows: { try book.next() },
            consents: { try file?.next() }, reject: { rejected.append($0) })
        self.rejected = rejected
    }

    static func header(
        of member: String = "lakeside", part: String = "main",
        asOf: CalendarDate = Samples.bookDay, extent: BookHeader.Extent = .whole,
        correction: String? = nil
    ) -> BookHeader {
        BookHeader(
            member: Samples.member(member), part: part, asOf: asOf, importedAt: Samples.now,
            mapping: "plain", extent: extent, correction: correction)
    }
}

extension TestNode {
    /// An importer with a key for references that depends on nothing but the test.
    func importer() throws -> BookImporter {
        guard let references = ReferenceKey(bytes: 0..<32) else { throw TestNodeError.keyName }
        return try BookImporter(context: context, standards: .embedded, references: references)
    }

    /// What is held of a resident under a key, by member.
    func records(
        _ resident: Samples.Resident, kid: String = "k1"
    ) async throws -> [String: HeldRecord] {
        guard let key = context.keys.keys.first(where: { $0.kid.rawValue == kid }) else {
            throw TestNodeError.keyName
        }
        let token = key.secret.output(for: Samples.input(resident)).token
        let found = try await store.records(kid: kid, tokens: [token], at: Samples.now)
        return Dictionary(uniqueKeysWithValues: found[0].map { ($0.member.description, $0) })
    }
}
