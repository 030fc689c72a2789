import Exchange
import StrictJSON
import TransparencyLog

/// Checks entries in their order, each with its evidence.
struct EntryCheck: Sendable {
    private let folder: MirrorFolder
    private let evidence: EvidenceCheck
    /// Where evidence lies; looked up once, since a file that is asked for costs more than an entry.
    private let present: Set<Int>
    private let copiedAt: Timestamp
    private var witnessed: WitnessedEntries
    /// The latest time that an entry so far has.
    private var latest: Timestamp?
    /// By request, the asker's first entry, until its second comes.
    private var asked: [MerkleHash: Int] = [:]

    init(
        folder: MirrorFolder, keys: PartyKeys, witnessed: WitnessedEntries, copiedAt: Timestamp
    ) {
        self.folder = folder
        self.witnessed = witnessed
        self.copiedAt = copiedAt
        evidence = EvidenceCheck(keys: keys)
        present = folder.evidencePlaces()
    }

    /// Checks entries that follow each other; evidence, whose signatures take long, on all cores.
    mutating func check(
        _ entries: [ReadBundle.Entry], from first: Int, _ result: inout VerificationResult
    ) throws(AuditFailure) {
        var works: [EvidenceWork] = []
        for (place, entry) in zip(first..., entries) {
            guard case .success(let content) = entry.content else { continue }
            works.append(
                EvidenceWork(
                    entry: content, bytes: entry.bytes, place: place,
                    first: follow(content, at: place)))
        }
        let checked = works.mappedOnAllCores { [self] work in
            Result { () throws(AuditFailure) in try checkEvidence(work) }
        }
        var places = zip(works, checked).makeIterator()
        for (place, entry) in zip(first..., entries) {
            switch entry.content {
            case .failure(let error):
                result.entries["unknown", default: 0] += 1
                if error != .unknown { result.add(.entryMalformed, index: place) }
            case .success(let content):
                check(content, place, &result)
                if let (_, checked) = places.next() { result.add(try checked.get(), at: place) }
            }
        }
    }

    private mutating func check(
        _ entry: LogEntry, _ place: Int, _ result: inout VerificationResult
    ) {
        result.entries[entry.type.rawValue, default: 0] += 1
        if entry.node != result.node { result.add(.entryForeign, index: place) }
        checkTime(entry.at, place, &result)
        witnessed.check(entry.at, at: place, copiedAt: copiedAt, &result)
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

    private func checkEvidence(_ work: EvidenceWork) throws(AuditFailure) -> CheckedEvidence {
        let entry = work.entry
        guard let end = entry.retainUntil else { return .none }
        let name = MirrorFolder.evidenceName(work.place)
        guard present.contains(work.place), let file = try folder.read(name) else {
            guard entry.needsEvidence else { return .none }
            return end > copiedAt ? .missing : .over
        }
        guard let served = Self.evidence(file), served.index.value == work.place,
            served.entry == work.bytes
        else { return .faults([.evidenceMalformed], proof: name) }
        let asked = try work.first.flatMap { place throws(AuditFailure) in
            try folder.read(MirrorFolder.evidenceName(place)).flatMap(Self.evidence)
        }
        return .faults(
            evidence.faults(
                of: served.evidence, beside: entry, asked: asked?.evidence.request),
            proof: name)
    }

    /// Evidence as it lies in a folder; nil for anything else.
    static func evidence(_ file: [UInt8]) -> ServedEvidence? {
        let json = try? JSONValue(parsing: file, limits: Evidence.jsonLimits)
        return json.flatMap { try? ServedEvidence(json: $0) }
    }
}

/// An entry whose evidence is to be checked.
private struct EvidenceWork: Sendable {
    let entry: LogEntry
    let bytes: [UInt8]
    let place: Int
    /// Where the asker's first entry of the same request stands.
    let first: Int?
}

/// What lies beside an entry.
private enum CheckedEvidence: Sendable {
    /// Nothing, and nothing must.
    case none
    /// Nothing, and something must.
    case missing
    /// Nothing any more: its time is over.
    case over
    /// Something, with what is wrong with it.
    case faults([AuditFinding.Code], proof: String)
}

extension VerificationResult {
    fileprivate mutating func add(_ checked: CheckedEvidence, at place: Int) {
        switch checked {
        case .none: break
        case .missing: add(.evidenceMissing, index: place)
        case .over: evidenceOver += 1
        case .faults(let codes, let proof):
            evidence += 1
            for code in codes { add(code, index: place, proof: proof) }
        }
    }
}
