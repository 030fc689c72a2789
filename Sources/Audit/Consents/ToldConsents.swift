import Exchange
import Membership

/// All that a log was told of the consents on which its node's answers rest.
struct ToldConsents {
    /// A consent of a member's book.
    struct Key: Hashable {
        let member: MemberID
        let number: Int
    }

    /// A consent as an entry tells of it.
    struct Telling {
        let index: Int
        let at: Timestamp
        let consent: RecordedConsent
    }

    /// What is looked for.
    private let wanted: Set<Key>
    private(set) var recorded: [Key: [Telling]] = [:]
    private(set) var withdrawn: [Key: [Telling]] = [:]
    /// By member, the first entry of which nobody can say any more what it told of.
    private(set) var unknown: [MemberID: Int] = [:]
    /// Entries whose evidence is missing before its time.
    private(set) var missing: [Int] = []

    init(of wanted: Set<Key>) { self.wanted = wanted }

    /// Reads a log.
    mutating func read(_ copy: LogCopy) throws(AuditFailure) {
        guard !wanted.isEmpty else { return }
        try copy.forEachEntry { place throws(AuditFailure) in
            let type = place.entry.type
            guard type == .consentRecorded || type == .consentWithdrawn,
                let member = place.entry.member
            else { return }
            guard let items = try Self.items(of: place, in: copy) else {
                unknown[member] = min(unknown[member] ?? place.index, place.index)
                if place.entry.retainUntil.map({ $0 > copy.state.at }) ?? false {
                    missing.append(place.index)
                }
                return
            }
            for consent in items.compactMap(RecordedConsent.init(item:)) {
                guard let number = consent.number else { continue }
                let key = Key(member: member, number: number)
                guard wanted.contains(key) else { continue }
                let telling = Telling(index: place.index, at: place.entry.at, consent: consent)
                if type == .consentRecorded {
                    recorded[key, default: []].append(telling)
                } else {
                    withdrawn[key, default: []].append(telling)
                }
            }
        }
    }

    /// The items beside an entry; nil when they are missing, or not of this entry.
    private static func items(
        of place: LoggedPlace, in copy: LogCopy
    ) throws(AuditFailure) -> [[UInt8]]? {
        let name = MirrorFolder.evidenceName(place.index)
        guard let served = try copy.folder.read(name).flatMap(EntryCheck.evidence),
            served.entry == place.bytes,
            EvidenceCheck.itemFaults(of: served.evidence, beside: place.entry).isEmpty
        else { return nil }
        return served.evidence.items
    }
}
