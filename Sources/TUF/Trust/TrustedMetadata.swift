import StrictJSON

/// What is trusted while one update runs: it takes files one by one, in the order root, timestamp,
/// snapshot, targets, and lets none in that breaks a rule of TUF 1.0 §5.3 to §5.6. Pure: it fetches
/// and keeps nothing.
///
/// All expiries are judged at one moment, that of the update's start, so that a slow source cannot
/// move it.
public struct TrustedMetadata: Sendable {
    /// The moment of the update's start.
    public let startTime: MetadataTime
    /// The newest root that was taken.
    public private(set) var root: RootMetadata
    /// The timestamp that was taken; its time may be over.
    public private(set) var timestamp: TimestampMetadata?
    /// The snapshot that the timestamp describes.
    public private(set) var snapshot: SnapshotMetadata?
    /// The targets that the snapshot describes.
    public private(set) var targets: TargetsMetadata?

    /// The snapshot of an earlier update: what a new one must not be behind.
    private var earlierSnapshot: SnapshotMetadata?
    private let kinds: KeyKinds

    /// Begins with a root that is trusted already. It must be signed by its own keys; its time may
    /// be over, since a newer one may follow.
    public init(
        root bytes: [UInt8], startTime: MetadataTime, accepting kinds: KeyKinds
    ) throws(UpdateFault) {
        self.startTime = startTime
        self.kinds = kinds
        let metadata = try Self.read(bytes, as: .root)
        root = try RootMetadata(metadata.signed, accepting: kinds)
        guard root.isSigned(metadata, as: .root) else { throw .signatures }
    }

    /// Takes the next root: the version after the present one, signed by the present root's keys and
    /// by its own. Its time is judged at the end of the chain.
    public mutating func take(root bytes: [UInt8]) throws(UpdateFault) {
        let metadata = try Self.read(bytes, as: .root)
        let next = try RootMetadata(metadata.signed, accepting: kinds)
        guard root.isSigned(metadata, as: .root), next.isSigned(metadata, as: .root) else {
            throw .signatures
        }
        guard next.head.version == root.head.version + 1 else { throw .version }
        root = next
    }

    /// Holds the newest root to its time.
    public func checkRootTime() throws(UpdateFault) { try checkTime(of: root.head) }

    /// Takes what an earlier update trusted, as far as the keys of the present root still sign it.
    ///
    /// Where they do not, keys were changed, and all three go: this is how a repository recovers
    /// whose stolen keys signed versions that no honest one would ever reach (TUF 1.0 §5.3.11).
    public mutating func take(earlierTimestamp: [UInt8]?, earlierSnapshot: [UInt8]?) {
        guard let old = earlierTimestamp,
            let metadata = try? signed(old, as: .timestamp),
            let timestamp = try? TimestampMetadata(metadata.signed)
        else { return }
        if let earlierSnapshot {
            guard let metadata = try? signed(earlierSnapshot, as: .snapshot),
                let snapshot = try? SnapshotMetadata(metadata.signed)
            else { return }
            self.earlierSnapshot = snapshot
        }
        self.timestamp = timestamp
    }

    /// Takes a timestamp from the source. False when it is of the version that is trusted already,
    /// which then stays.
    public mutating func take(timestamp bytes: [UInt8]) throws(UpdateFault) -> Bool {
        let metadata = try signed(bytes, as: .timestamp)
        let next = try TimestampMetadata(metadata.signed)
        if let timestamp {
            guard next.head.version >= timestamp.head.version else { throw .rollback }
            if next.head.version == timestamp.head.version {
                try checkTime(of: timestamp.head)
                return false
            }
            guard next.snapshot.version >= timestamp.snapshot.version else { throw .rollback }
        }
        try checkTime(of: next.head)
        timestamp = next
        return true
    }

    /// Takes the snapshot that the timestamp describes.
    public mutating func take(snapshot bytes: [UInt8]) throws(UpdateFault) {
        guard let described = timestamp?.snapshot else { throw .notFound }
        try described.file.check(bytes)
        let metadata = try signed(bytes, as: .snapshot)
        let next = try SnapshotMetadata(metadata.signed)
        guard next.head.version == described.version else { throw .version }
        for (name, earlier) in earlierSnapshot?.files ?? [:] {
            guard let now = next.files[name], now.version >= earlier.version else {
                throw .rollback
            }
        }
        try checkTime(of: next.head)
        snapshot = next
    }

    /// Takes the targets that the snapshot describes.
    public mutating func take(targets bytes: [UInt8]) throws(UpdateFault) {
        guard let described = snapshot?.targets else { throw .notFound }
        try described.file.check(bytes)
        let metadata = try signed(bytes, as: .targets)
        let next = try TargetsMetadata(metadata.signed)
        guard next.head.version == described.version else { throw .version }
        try checkTime(of: next.head)
        targets = next
    }

    /// The first moment at which something of it does not hold any more.
    public var expires: MetadataTime {
        [root.head, timestamp?.head, snapshot?.head, targets?.head].compactMap { $0?.expires }
            .reduce(root.head.expires, min)
    }

    private func signed(
        _ bytes: [UInt8], as role: MetadataRole
    ) throws(UpdateFault) -> SignedMetadata {
        let metadata = try Self.read(bytes, as: role)
        guard root.isSigned(metadata, as: role) else { throw .signatures }
        return metadata
    }

    private static func read(
        _ bytes: [UInt8], as role: MetadataRole
    ) throws(UpdateFault) -> SignedMetadata {
        try SignedMetadata(parsing: bytes, bytesMax: MetadataLimits.bytesMax(of: role))
    }

    private func checkTime(of head: MetadataHead) throws(UpdateFault) {
        guard startTime < head.expires else { throw .expired }
    }
}
