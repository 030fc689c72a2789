import Exchange

/// Draws consents of which lenders told the log that their books have them, with the digest of their
/// evidence (protocol/log.md, "Consents and disputes").
struct BookConsentDraw {
    private let folders: [MirrorFolder]

    init(_ folders: [MirrorFolder]) { self.folders = folders }

    /// The consents that a selection chooses among those of the entries that fit, each a candidate of
    /// its own.
    ///
    /// - Throws: `AuditFailure` when a folder is none, or more fit than are looked into at once.
    func draw(_ selection: EntrySelection) throws(AuditFailure) -> DrawnConsents {
        var lot = DrawnLot<DemandedConsent>(selection)
        var findings: [AuditFinding] = []
        for folder in folders {
            let copy = try LogCopy(folder)
            try copy.forEachEntry { place throws(AuditFailure) in
                guard place.entry.type == .consentRecorded, selection.fits(place.entry),
                    place.entry.retainUntil.map({ $0 > copy.state.at }) ?? false
                else { return }
                guard let consents = try Self.consents(of: place, in: copy) else {
                    findings.append(
                        AuditFinding(.evidenceMissing, node: copy.state.node, index: place.index))
                    return
                }
                for consent in consents {
                    lot.add(consent, rank: selection.rank(of: consent.evidenceDigest))
                }
            }
        }
        let drawn = try lot.values().sorted {
            ($0.node, $0.index, $0.item) < ($1.node, $1.index, $1.item)
        }
        return (lot.candidates, drawn, findings)
    }

    /// The consents of an entry that name evidence; nil when what lies beside it is missing, or not of
    /// this entry.
    private static func consents(
        of place: LoggedPlace, in copy: LogCopy
    ) throws(AuditFailure) -> [DemandedConsent]? {
        let name = MirrorFolder.evidenceName(place.index)
        guard let served = try copy.folder.read(name).flatMap(EntryCheck.evidence),
            served.entry == place.bytes, let member = place.entry.member,
            EvidenceCheck.itemFaults(of: served.evidence, beside: place.entry).isEmpty
        else { return nil }
        return served.evidence.items.enumerated().compactMap { item, value in
            guard let digest = RecordedConsent(item: value)?.evidenceDigest else { return nil }
            return DemandedConsent(
                node: copy.state.node, index: place.index, item: item, member: member,
                at: place.entry.at, purpose: nil,
                reference: Array(digest.prefix(DemandedConsent.referenceCount)),
                evidenceDigest: digest)
        }
    }
}
