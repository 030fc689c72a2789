import Crypto
import Membership
import Pseudonym
import StrictJSON

extension Publication {
    /// The statement as JSON, members and lists in one order: equal statements are equal bytes.
    ///
    /// Sums of balances are texts: a book's may be more than an integer of JSON holds.
    public var json: JSONValue {
        [
            "statement": "creditmesh-statement-v1",
            "consortium": .string(consortium.description),
            "directory": .integer(directoryVersion),
            "node": .string(node.description),
            "member": .string(member.description),
            "publishedAt": .string(publishedAt.description),
            "standard": .string(standard),
            "scope": .string(scope.rawValue),
            "bookAsOf": .string(asOf.description),
            "complete": .bool(isComplete),
            "parts": .array(parts.sorted { $0.name.precedes($1.name) }.map(\.json)),
            "subjects": .integer(subjects.count),
            "withheld": .counts(
                subjects.withheld.map { ($0.key.rawValue, $0.value) }),
            "hiddenAccounts": .integer(hiddenAccounts),
            "totals": .array(totals.map(\.json)),
            "filters": .array(filters.map(\.statementJSON)),
        ]
    }

    /// What is to be signed and logged: the JSON in UTF-8, without white space.
    public var statementBytes: [UInt8] { Array(json.encoded) }

    /// SHA-256 of ``statementBytes``.
    public var digest: [UInt8] { Array(SHA256.hash(data: statementBytes)) }
}

extension PublishedPart {
    fileprivate var json: JSONValue {
        [
            "part": .string(name),
            "asOf": asOf.map { .string($0.description) } ?? .null,
            "accounts": .integer(accounts),
            "rejects": .counts(rejects.map { ($0.key, $0.value) }),
        ]
    }
}

extension ClassTotal {
    fileprivate var json: JSONValue {
        [
            "class": .string(riskClass.rawValue),
            "currency": currency.map(JSONValue.string) ?? .null,
            "accounts": .integer(accounts),
            "balance": .string("\(balance)"),
        ]
    }
}

extension ManifestFilter {
    fileprivate var statementJSON: JSONValue {
        [
            "kid": .string(kid),
            "n": .integer(count),
            "digest": .string(SHA256Text.write(digest)),
        ]
    }
}

extension JSONValue {
    /// An object of numbers, its members in the order of their names.
    fileprivate static func counts(_ counts: [(name: String, count: Int)]) -> JSONValue {
        .object(
            counts.sorted { $0.name.precedes($1.name) }
                .map { JSONMember($0.name, .integer($0.count)) })
    }
}

extension String {
    /// Order by bytes, which every reader of a statement has alike.
    fileprivate func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
