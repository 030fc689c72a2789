import Crypto
import Exchange
import HTTPSignatures
import Membership
import TransparencyLog

/// A receipt of a log that has this one entry: what somebody who holds a log's key can make up at any
/// time, and what only the log's other readers find out.
public enum MadeUpReceipt {
    /// The receipt of an entry under a log's name and key.
    ///
    /// - Throws: `MadeUpReceiptError`; what signing throws.
    public static func make(
        _ entry: LogEntry, origin: String, privateKey: Curve25519.Signing.PrivateKey
    ) throws -> Receipt {
        let bytes = try entry.bytes()
        guard let name = TransparencyLog.KeyName(origin), let size = TreeSize(1),
            let index = EntryIndex(0), let proof = try? InclusionProof(hashes: []),
            let signer = NoteSigner(name: name, privateKey: privateKey)
        else { throw MadeUpReceiptError() }
        let head = TreeHead(size: size, root: .leaf(bytes))
        return Receipt(
            entry: bytes, index: index, proof: proof,
            checkpoint: try SignedCheckpoint(
                Checkpoint(origin: name, head: head), signedBy: [signer]))
    }
}

extension MadeUpReceipt {
    /// The same, under a key that a number determines.
    public static func make(_ entry: LogEntry, origin: String, seed: UInt8) throws -> Receipt {
        try make(
            entry, origin: origin,
            privateKey: Curve25519.Signing.PrivateKey(
                rawRepresentation: [UInt8](repeating: seed, count: 32)))
    }
}

/// The test asks for something that cannot be.
public struct MadeUpReceiptError: Error {
    /// An error.
    public init() {}
}

extension LogEntry {
    /// What an answerer writes of a message, as an honest node would.
    public static func answering(
        _ message: PeerMessage, request: SignedRequest, answer: SignedAnswer, from asker: NodeID,
        _ member: MemberID, at node: NodeID, now: Timestamp
    ) -> LogEntry {
        let type: LogEntryType
        var purpose: Purpose?
        let (count, kid): (Int, String)
        switch message {
        case .evaluation(let request):
            (type, count, kid) = (.evaluationAnswered, request.elements.count, request.kid)
        case .query(let request):
            (type, count, kid) = (.queryAnswered, request.queries.count, request.kid)
            purpose = Purpose(rawValue: request.purpose)
        }
        var entry = LogEntry(type, at: now, node: node)
        entry.peer = asker
        entry.peerMember = member
        entry.count = count
        entry.kid = .init(rawValue: kid)
        entry.purpose = purpose
        entry.request = MerkleHash(bytes: request.base.digest)
        entry.response = MerkleHash(bytes: answer.base.digest)
        return entry
    }
}
