import Crypto
import Exchange
import Membership
import StrictJSON
import TransparencyLog

/// What was deleted of a member, what stays and until when, and where the log says so
/// (protocol/leaving.md, "The record").
public struct DepartureRecord: Sendable, Equatable {
    /// The document that the log's entry names by its digest.
    public let departure: JSONValue
    /// SHA-256 of it without white space, 32 bytes.
    public let digest: [UInt8]
    /// The place of the log's entry.
    public let logIndex: Int

    init(_ departure: JSONValue, logIndex: Int) {
        self.departure = departure
        digest = Self.digest(of: departure)
        self.logIndex = logIndex
    }

    static func digest(of departure: JSONValue) -> [UInt8] {
        Array(SHA256.hash(data: departure.encoded))
    }

    /// The document of a departure.
    static func document(
        _ mark: DepartureMark, _ departure: Departure, evidenceKept: Int
    ) -> JSONValue {
        guard case .object(let members) = mark.json else { return .null }
        let evidence = JSONValue.string(mark.evidenceUntil.description)
        return .object(
            members + [
                JSONMember("deleted", departure.deletedJSON),
                JSONMember(
                    "stays",
                    [
                        ["what": "log-entries", "until": .null],
                        ["what": "log-evidence", "until": evidence],
                        [
                            "what": "consent-evidence", "rows": .integer(evidenceKept),
                            "until": evidence,
                        ],
                    ]),
            ])
    }

    /// The record as it lies in the home.
    public var json: JSONValue {
        [
            "departure": departure, "digest": .string(SHA256Text.write(digest)),
            "log": ["index": .integer(logIndex)],
        ]
    }

    /// Reads a record; nil for a departure that is not over.
    init?(_ json: JSONValue) {
        guard var reader = try? JSONObjectReader(json),
            let departure = reader.optional("departure"),
            var log = reader.optional("log").flatMap({ try? JSONObjectReader($0) }),
            let index = log.optional("index")?.integer
        else { return nil }
        self.init(departure, logIndex: index)
    }
}
