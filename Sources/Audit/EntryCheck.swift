import Exchange
import StrictJSON
import TransparencyLog

/// Checks entries in their order, each with its evidence.
struct EntryCheck {
    private let folder: MirrorFolder
    private let evidence: EvidenceCheck
    /// Where evidence lies; looked up once, since a file that is asked for costs more than an entry.
    private let present: Set<Int>
    private let copiedAt: Timestamp
    /// The latest time that an entry so far has.
    private var latest: Timestamp?
    /// By request, the asker's first entry, until its second comes.
    private var asked: [MerkleHash: Int] = [:]

    init(folder: MirrorFolder, keys: PartyKeys, copiedAt: Timestamp) {
        self.folder = folder
        self.copiedAt = copiedAt
        evidence = EvidenceCheck(keys: keys)
        present = folder.evidencePlaces()
    }

    mutating func check(
        _ bytes: [UInt8], at place: Int, _ result: inout VerificationResult
    ) throws(AuditFailure) {
        let entry: LogEntry
        do throws(LogEntryError) {
            entry = try LogEntry(bytes: bytes)
        } catch {
            result.entries["unknown", default: 0] += 1
            if error != .unknown { result.add(.entryMalformed, index: place) }
            return
        }
        result.entries[entry.type.rawValue, default: 0] += 1
        if entry.node != result.node { result.add(.entryForeign, index: place) }
        checkTime(entry.at, place, &result)
        let first = follow(entry, at: place)
        try checkEvidence(of: entry, bytes, place, first, &result)
    }

    /// Where the asker's first entry of this one's request stands; nil for other entries.
    private mutating func follow(_ entry: LogEntry, at place: Int) -> Int? {
        guard let request = entry.request else { return nil }
        if entry.isAsked { asked[request] = place }
        return entry.isEnd ? asked.removeValue(forKey: request) : nil
    }

    private mutating func checkTime(
        _ time: Timestamp, _ place: Int, _ result: inout VerificationResult
    ) {
        if let latest, latest.seconds(since: time) > LogVerification.clockSkewSeconds {
            result.add(.timeBackwards, index: place)
        }
        latest = max(latest ?? time, time)
    }

    private func checkEvidence(
        of entry: LogEntry, _ bytes: [UInt8], _ place: Int, _ first: Int?,
        _ result: inout VerificationResult
    ) throws(AuditFailure) {
        guard let end = entry.retainUntil else { return }
        let name = MirrorFolder.evidenceName(place)
        guard present.contains(place), let file = try folder.read(name) else {
            if end > copiedAt, entry.needsEvidence { result.add(.evidenceMissing, index: place) }
            return
        }
        result.evidence += 1
        guard let served = Self.evidence(file), served.index.value == place,
            served.entry == bytes
        else { return result.add(.evidenceMalformed, index: place, proof: name) }
        let asked = try first.flatMap { place throws(AuditFailure) in
            try folder.read(MirrorFolder.evidenceName(place)).flatMap(Self.evidence)
        }
        let faults = evidence.faults(
            of: served.evidence, beside: entry, asked: asked?.evidence.request)
        for fault in faults { result.add(fault, index: place, proof: name) }
    }

    /// Evidence as it lies in a folder; nil for anything else.
    static func evidence(_ file: [UInt8]) -> ServedEvidence? {
        let json = try? JSONValue(parsing: file, limits: Evidence.jsonLimits)
        return json.flatMap { try? ServedEvidence(json: $0) }
    }
}
