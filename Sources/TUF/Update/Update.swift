/// One update of what is trusted, by the client's workflow of TUF 1.0 §5.
///
/// Every file is kept as soon as it has passed, as the specification says: a timestamp that was seen
/// is never forgotten, so that nobody can lead back behind it, even where what it describes does not
/// follow. What is **in force** is decided by who called: only a whole update is one
/// (protocol/directory.md, "What is in force").
public struct Update<Source: RepositorySource, Store: TrustedStore> {
    private let source: Source
    private let store: Store
    private var trusted: TrustedMetadata

    /// Begins with the root in the store, which was put there by hand or by an earlier update.
    public init(
        from source: Source, to store: Store, startTime: MetadataTime,
        accepting kinds: KeyKinds = .directory
    ) throws(UpdateError) {
        self.source = source
        self.store = store
        let name = MetadataRole.root.fileName
        trusted = try at(name) { () throws(UpdateFault) in
            guard let bytes = try store.read(.root) else { throw .notFound }
            return try TrustedMetadata(root: bytes, startTime: startTime, accepting: kinds)
        }
    }

    /// Fetches what is new, in order, and returns what is trusted then.
    public mutating func run() async throws(UpdateError) -> TrustedMetadata {
        try await followRoots()
        try takeEarlier()
        try await refreshTimestamp()
        try await refreshSnapshot()
        try await refreshTargets()
        return trusted
    }

    /// Follows the roots alone.
    public mutating func roots() async throws(UpdateError) -> TrustedMetadata {
        try await followRoots()
        return trusted
    }

    private mutating func followRoots() async throws(UpdateError) {
        for _ in 0..<MetadataLimits.rootsMax {
            let name = "\(trusted.root.head.version + 1).root.json"
            guard let bytes = try await fetch(name, bytesMax: MetadataLimits.rootBytesMax) else {
                break
            }
            try at(name) { () throws(UpdateFault) in
                try trusted.take(root: bytes)
                try store.write(bytes, as: .root)
            }
        }
        try at(MetadataRole.root.fileName) { () throws(UpdateFault) in
            try trusted.checkRootTime()
        }
    }

    private mutating func takeEarlier() throws(UpdateError) {
        trusted.take(
            earlierTimestamp: try kept(.timestamp), earlierSnapshot: try kept(.snapshot))
    }

    private mutating func refreshTimestamp() async throws(UpdateError) {
        let name = MetadataRole.timestamp.fileName
        let bytes = try await required(name, bytesMax: MetadataLimits.timestampBytesMax)
        try at(name) { () throws(UpdateFault) in
            if try trusted.take(timestamp: bytes) { try store.write(bytes, as: .timestamp) }
        }
    }

    private mutating func refreshSnapshot() async throws(UpdateError) {
        guard let described = trusted.timestamp?.snapshot else { return }
        if let bytes = try kept(.snapshot), (try? trusted.take(snapshot: bytes)) != nil { return }
        let name = name(of: .snapshot, version: described.version)
        let bytes = try await required(
            name, bytesMax: described.bytesMax(below: MetadataLimits.snapshotBytesMax))
        try at(name) { () throws(UpdateFault) in
            try trusted.take(snapshot: bytes)
            try store.write(bytes, as: .snapshot)
        }
    }

    private mutating func refreshTargets() async throws(UpdateError) {
        guard let described = trusted.snapshot?.targets else { return }
        if let bytes = try kept(.targets), (try? trusted.take(targets: bytes)) != nil { return }
        let name = name(of: .targets, version: described.version)
        let bytes = try await required(
            name, bytesMax: described.bytesMax(below: MetadataLimits.targetsBytesMax))
        try at(name) { () throws(UpdateFault) in
            try trusted.take(targets: bytes)
            try store.write(bytes, as: .targets)
        }
    }

    private func name(of role: MetadataRole, version: Int) -> String {
        trusted.root.consistentSnapshot ? "\(version).\(role.fileName)" : role.fileName
    }

    private func kept(_ role: MetadataRole) throws(UpdateError) -> [UInt8]? {
        try at(role.fileName) { () throws(UpdateFault) in try store.read(role) }
    }

    private func required(_ name: String, bytesMax: Int) async throws(UpdateError) -> [UInt8] {
        guard let bytes = try await fetch(name, bytesMax: bytesMax) else {
            throw UpdateError(file: name, fault: .notFound)
        }
        return bytes
    }

    private func fetch(_ name: String, bytesMax: Int) async throws(UpdateError) -> [UInt8]? {
        do {
            return try await source.file(name, bytesMax: bytesMax)
        } catch {
            throw UpdateError(file: name, fault: error)
        }
    }
}

extension MetadataDescription {
    /// How many bytes to read at most: what is described, and never more than any such file may have.
    fileprivate func bytesMax(below limit: Int) -> Int { min(file.length ?? limit, limit) }
}

/// Names the file in which a fault is.
private func at<Result>(
    _ file: String, _ work: () throws(UpdateFault) -> Result
) throws(UpdateError) -> Result {
    do {
        return try work()
    } catch {
        throw UpdateError(file: file, fault: error)
    }
}
