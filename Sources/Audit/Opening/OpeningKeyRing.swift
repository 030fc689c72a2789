import Exchange
import Membership
import Pseudonym

/// The opening keys that a regulator holds, and for which month the directories list each.
struct OpeningKeyRing {
    private let keys: [String: OpeningPrivateKey]
    /// By month, the kids that any of the directories listed.
    private let listed: [String: Set<String>]

    init(
        _ keys: [String: OpeningPrivateKey], of regulator: MemberID, in directories: [Directory]
    ) {
        self.keys = keys
        var listed: [String: Set<String>] = [:]
        for entry in directories.compactMap({ $0.member(regulator) }).flatMap(\.openingKeys) {
            listed[entry.month, default: []].insert(entry.kid.text)
        }
        self.listed = listed
    }

    /// What a box holds that was made at a moment, with the key that opened it; nil when none of that
    /// month does. Clocks may differ by a minute at its ends.
    ///
    /// - Throws: `AuditFailure.openingKey` when a key of the month is not held: then nothing can be
    ///   said of the box.
    func open(
        _ box: [UInt8], madeAt moment: Timestamp
    ) throws(AuditFailure) -> (content: [UInt8], kid: String)? {
        let skew = ExchangeLimits.clockSkewSeconds
        let months = Set([-skew, 0, skew].map { moment.advanced(bySeconds: $0).month })
        let kids = months.flatMap { listed[$0] ?? [] }
        for kid in kids {
            if let content = keys[kid]?.open(box) { return (content, kid) }
        }
        if let missing = kids.first(where: { keys[$0] == nil }) { throw .openingKey(missing) }
        return nil
    }
}
