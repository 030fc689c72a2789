import Membership
import Pseudonym

/// How the charter wants evaluations to be openable at a moment (protocol/opening.md).
public enum OpeningTerms: Sendable {
    /// The charter names no opening regulator: nothing is sealed.
    case notOpenable
    /// What opens them is sealed to this key.
    case sealed(OpeningKey)
    /// The charter names a regulator that lists no key for the month: nothing may be asked.
    case keyMissing(month: String)
}

/// A regulator's opening key of a month.
public struct OpeningKey: Hashable, Sendable {
    /// Its name.
    public let kid: String
    /// To which is sealed.
    public let publicKey: OpeningPublicKey

    /// A key.
    public init(kid: String, publicKey: OpeningPublicKey) {
        self.kid = kid
        self.publicKey = publicKey
    }
}

extension Directory {
    /// How evaluations are to be openable at a moment, by the charter and its regulator's entry.
    public func openingTerms(at now: Timestamp) -> OpeningTerms {
        guard let id = charter.openingRegulator else { return .notOpenable }
        let month = now.month
        guard let regulator = member(id), regulator.status == .active,
            let entry = regulator.openingKeys.first(where: { $0.month == month }),
            let key = try? OpeningPublicKey(bytes: entry.publicKey.bytes)
        else { return .keyMissing(month: month) }
        return .sealed(OpeningKey(kid: entry.kid.text, publicKey: key))
    }
}

extension Timestamp {
    /// The month of the moment in UTC, such as `2026-11`.
    public var month: String { String(description.prefix(7)) }
}
