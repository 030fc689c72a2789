import Crypto
import TransparencyLog

/// The items of a message under fresh salts: what an entry holds in their place, and what lies with the
/// evidence (protocol/log.md, "Commitments").
struct CommittedItems: Sendable {
    /// The root over the commitments.
    let root: MerkleHash
    /// One salt an item, in their order.
    let salts: [CommitmentSalt]

    /// Commits to the items of a message.
    init(_ message: PeerMessage) {
        let items = message.items
        salts = CommitmentSalt.fresh(items.count)
        root = Commitment.itemsRoot(
            zip(items, salts).map { Commitment(to: $0, salt: $1) })
    }
}

extension CommitmentSalt {
    /// So many fresh salts, drawn from the system's generator at once: a batch has a thousand.
    static func fresh(_ count: Int) -> [CommitmentSalt] {
        guard count > 0 else { return [] }
        let bytes = SymmetricKey(size: SymmetricKeySize(bitCount: 8 * Self.count * count))
            .withUnsafeBytes { Array($0) }
        return stride(from: 0, to: bytes.count, by: Self.count).compactMap {
            CommitmentSalt(bytes: bytes[$0..<$0 + Self.count])
        }
    }
}

extension PeerMessage {
    /// What the message asks about: each element of an evaluation; token ‖ consent reference of each
    /// query.
    fileprivate var items: [[UInt8]] {
        switch self {
        case .evaluation(let request): request.elements.map(\.bytes)
        case .query(let request):
            request.queries.map { $0.token.bytes + $0.consent.reference }
        }
    }

    /// How many elements or queries it has.
    var count: Int {
        switch self {
        case .evaluation(let request): request.elements.count
        case .query(let request): request.queries.count
        }
    }

    /// The answering node's key that it means.
    var kid: String {
        switch self {
        case .evaluation(let request): request.kid
        case .query(let request): request.kid
        }
    }

    /// What for; an evaluation does not say.
    var purpose: String? {
        switch self {
        case .evaluation: nil
        case .query(let request): request.purpose
        }
    }
}
