import TransparencyLog

/// Evidence whose time is over, where it lies in the order of its end.
public struct EndedEvidence: Sendable {
    /// Where it lies.
    public let place: EvidencePlace
    /// What it is; nil for what cannot be read.
    public let evidence: ServedEvidence?

    /// Evidence at a place.
    public init(place: EvidencePlace, evidence: ServedEvidence?) {
        self.place = place
        self.evidence = evidence
    }
}

/// A place in the order in which evidence ends.
public struct EvidencePlace: Hashable, Sendable {
    /// Until when it was to be kept.
    public let retainUntil: Timestamp
    /// The entry beside which it lies.
    public let index: EntryIndex

    /// A place.
    public init(retainUntil: Timestamp, index: EntryIndex) {
        self.retainUntil = retainUntil
        self.index = index
    }
}
