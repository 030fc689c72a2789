import HTTPSignatures
import Membership

/// The keys with which this node signs: its answers, and the requests of its members. Which of them
/// is used, the directory decides.
public struct MessageSigners: Sendable {
    private let answers: [KeyedSigner]
    private let requests: [MemberID: [KeyedSigner]]

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
    public init(answers: [MessageSigner], requests: [MemberID: [MessageSigner]]) {
        self.answers = answers.map(KeyedSigner.init)
        self.requests = requests.mapValues { $0.map(KeyedSigner.init) }
    }

    /// The signer of a node's answers: the last that the directory lists of those held; nil when it
    /// lists none of them.
    public func signer(ofAnswersBy node: NodeEntry) -> MessageSigner? {
        Self.last(of: node.answerKeys, in: answers)
    }

    /// The signer of a member's requests, chosen likewise.
    public func signer(ofRequestsBy member: MemberEntry) -> MessageSigner? {
        Self.last(of: member.requestKeys, in: requests[member.id] ?? [])
    }

    private static func last(
        of listed: [SigningKeyEntry], in held: [KeyedSigner]
    ) -> MessageSigner? {
        listed.reversed().lazy
            .compactMap { key in held.first { $0.isListed(as: key) }?.signer }.first
    }
}
