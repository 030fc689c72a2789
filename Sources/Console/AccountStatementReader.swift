import Book
import Exchange
import Membership
import RiskStandard
import StrictJSON

/// The body of `PUT /api/v1/book/accounts/{ref}` (protocol/schemas/account-put.json).
struct AccountStatementReader {
    /// Bytes of an account number.
    static let numberBytes = 1...128

    private let member: MemberID
    private let part: String
    private let asOf: CalendarDate?
    private let row: PlainRow
    private let statesConsent: Bool

    init(_ json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        member = try reader.required("member", "a member's id") { $0.text.flatMap(MemberID.init) }
        part =
            try reader.optional("part", "1 to 64 bytes") { value in
                value.text.flatMap {
                    AccountStatement.partBytes.contains($0.utf8.count) ? $0 : nil
                }
            } ?? "main"
        asOf = try reader.optional("asOf", "a date YYYY-MM-DD") {
            $0.text.flatMap { CalendarDate($0) }
        }
        var values: [String: PlainRow.Value] = [:]
        for name in PlainRow.names {
            values[name] = try reader.optional(
                name, "of the type that the schema gives", PlainRow.Value.init(json:))
        }
        try reader.refuseUnknown()
        statesConsent = values.keys.contains { $0.hasPrefix("consent") }
        do {
            row = try PlainRow(values)
        } catch .type(let name, let expected) {
            throw .mismatch(path: name, expected: expected)
        } catch {
            throw .unknownMember(path: "the message")
        }
    }

    func statement(
        reference: AccountReference, key: IdempotencyKey, request: [UInt8]
    ) -> AccountStatement {
        AccountStatement(
            member: member, part: part, asOf: asOf, reference: reference, row: row,
            statesConsent: statesConsent, key: key, request: request)
    }
}

extension PlainRow.Value {
    /// A JSON value of a type that a column may have.
    fileprivate init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .bool(let flag): self = .flag(flag)
        case .array:
            guard let texts = json.texts else { return nil }
            self = .list(texts)
        case .null, .fraction, .object: return nil
        }
    }
}
