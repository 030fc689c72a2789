import HTTPSignatures
import Membership
import Synchronization

/// The keys with which this node signs: its answers, and the requests of its members. Which of them
/// is used, the directory decides; both may change while the node runs.
///
/// A key that the directory begins to list is used only when the others had time to read that
/// directory, as long as an older one is listed, too (protocol/signatures.md, "Keys"): so no message
/// is signed by a key that its reader does not know yet.
public final class MessageSigners: Sendable {
    /// How long a key stands in the directory before it signs: four rounds of asking for it.
    public static let settling: Duration = .seconds(120)

    private let settling: Duration
    private let state: Mutex<State>

    private struct State {
        var answers: [KeyedSigner]
        var requests: [MemberID: [KeyedSigner]]
        /// Since when each key that was looked at stands in the directory, as far as this node saw.
        var listed: [[UInt8]: ContinuousClock.Instant] = [:]
    }

    /// A signer and its public half, which is computed once.
    private struct KeyedSigner: Sendable {
        let signer: MessageSigner
        let publicKey: [UInt8]

        init(_ signer: MessageSigner) {
            self.signer = signer
            publicKey = signer.publicKeyBytes
        }

        func isListed(as key: SigningKeyEntry) -> Bool {
            signer.keyID.text == key.keyID.text && publicKey == key.publicKey.bytes
        }
    }

    /// The keys that a node holds, in any order.
    public init(
        answers: [MessageSigner], requests: [MemberID: [MessageSigner]],
        settling: Duration = MessageSigners.settling
    ) {
        self.settling = settling
        state = Mutex(
            State(
                answers: answers.map(KeyedSigner.init),
                requests: requests.mapValues { $0.map(KeyedSigner.init) }))
    }

    /// Takes the keys that the node holds from now on.
    public func replace(answers: [MessageSigner], requests: [MemberID: [MessageSigner]]) {
        state.withLock { state in
            state.answers = answers.map(KeyedSigner.init)
            state.requests = requests.mapValues { $0.map(KeyedSigner.init) }
        }
    }

    /// The signer of a node's answers: the last that the directory lists of those held and that has
    /// settled, else the first; nil when it lists none of them.
    public func signer(
        ofAnswersBy node: NodeEntry, at now: ContinuousClock.Instant = .now
    ) -> MessageSigner? {
        state.withLock { state in
            Self.signer(
                by: node.answerKeys, of: state.answers, &state.listed, settled: now - settling,
                now: now)
        }
    }

    /// The signer of a member's requests, chosen likewise.
    public func signer(
        ofRequestsBy member: MemberEntry, at now: ContinuousClock.Instant = .now
    ) -> MessageSigner? {
        state.withLock { state in
            Self.signer(
                by: member.requestKeys, of: state.requests[member.id] ?? [], &state.listed,
                settled: now - settling, now: now)
        }
    }

    /// Looks at what a directory lists, so that a key settles although nothing is signed meanwhile.
    public func look(at node: NodeEntry, _ members: [MemberEntry]) {
        _ = signer(ofAnswersBy: node)
        for member in members { _ = signer(ofRequestsBy: member) }
    }

    private static func signer(
        by listed: [SigningKeyEntry], of held: [KeyedSigner],
        _ since: inout [[UInt8]: ContinuousClock.Instant], settled: ContinuousClock.Instant,
        now: ContinuousClock.Instant
    ) -> MessageSigner? {
        let usable = listed.compactMap { key in held.first { $0.isListed(as: key) } }
        for key in usable where since[key.publicKey] == nil { since[key.publicKey] = now }
        let last = usable.last { since[$0.publicKey, default: now] <= settled }
        return (last ?? usable.first)?.signer
    }
}
