import Exchange

/// One thing that is to be written, ready for the file.
struct LogWork: Sendable {
    /// The entry's exact bytes; nil to use up a nonce alone.
    let entry: [UInt8]?
    /// What lies beside the entry.
    let evidence: StoredEvidence?
    /// The nonce to use up.
    let nonce: NonceDigest?
    /// Until when the nonce is remembered.
    let keepUntil: Timestamp
    /// What the entry means for an asking of this node.
    let asking: AskingStep?

    /// Makes a work.
    init(
        entry: [UInt8]?, evidence: StoredEvidence?, nonce: NonceUse?, asking: AskingStep? = nil
    ) {
        self.entry = entry
        self.evidence = evidence
        self.asking = asking
        self.nonce = nonce.map(NonceDigest.init)
        keepUntil = nonce?.keepUntil ?? Timestamp(secondsSinceEpoch: 0)
    }

    /// About how many bytes it holds while it waits.
    var byteCount: Int { (entry?.count ?? 0) + (evidence?.content.count ?? 0) }
}

/// Evidence as the file holds it.
struct StoredEvidence: Sendable {
    /// Until when.
    let retainUntil: Timestamp
    /// The evidence in JSON.
    let content: [UInt8]
}
