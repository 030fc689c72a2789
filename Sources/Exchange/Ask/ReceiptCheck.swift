import HTTPSignatures
import Membership
import Pseudonym
import TransparencyLog

/// Judges the receipt of an answer before the answer is believed: the entry is that of this exchange,
/// and it stands in the answerer's log (protocol/log.md, "Receipts").
struct ReceiptCheck {
    /// This node, which asked.
    let asker: NodeID
    /// The call that was sent.
    let call: SignedCall

    /// The entry that the receipt of a reply proves.
    ///
    /// - Throws: `PeerFailure.badReceipt` when there is none, or it proves something else.
    @discardableResult
    func entry(of reply: PeerReply) throws(PeerFailure) -> LogEntry {
        try proof(of: reply).entry
    }

    /// The same, with the receipt itself.
    func proof(of reply: PeerReply) throws(PeerFailure) -> (entry: LogEntry, receipt: Receipt) {
        guard let text = reply.receipt, text.utf8.count <= Self.fieldBytesMax,
            let bytes = try? Base64URL.decode(text), let receipt = try? Receipt(bytes: bytes),
            let entry = try? LogEntry(bytes: receipt.entry)
        else { throw .badReceipt }
        guard isOfExchange(entry, reply) else { throw .badReceipt }
        do throws(ReceiptError) {
            try receipt.verify(log: keys)
        } catch {
            throw .badReceipt
        }
        return (entry, receipt)
    }

    /// Most bytes of the header field: a receipt in base64url.
    static let fieldBytesMax = 8 * 1024

    private func isOfExchange(_ entry: LogEntry, _ reply: PeerReply) -> Bool {
        entry.type == call.message.subject.answered && entry.node == call.node.id
            && entry.peer == asker && entry.peerMember == call.member
            && entry.request != nil && entry.request == call.request.base.logName
            && entry.response != nil && entry.response == reply.answer.base.logName
            && entry.count == call.message.count && entry.kid?.rawValue == call.message.kid
            && entry.purpose?.rawValue == call.message.purpose
    }

    /// The keys of the answerer's log, as the directory lists them.
    private var keys: [NoteKey] { call.node.logKeys }
}
