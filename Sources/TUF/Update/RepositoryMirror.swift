import StrictJSON

/// A whole repository as the last full update verified it: what is in force, and what others are given.
///
/// It changes when an update is whole, not before: names carry versions and digests, so that new files
/// lie beside the old ones until the timestamp, written last, points to them. A stop at any point
/// leaves a whole repository.
public struct RepositoryMirror: Sendable {
    private let folder: MetadataFolder
    private let target: String

    /// A mirror of a repository's metadata and of one target.
    public init(_ folder: MetadataFolder, target: String) {
        self.folder = folder
        self.target = target
    }

    /// What is in force, verified anew, but for the time, which is the caller's to judge; nil where
    /// nothing is.
    public func load() throws(UpdateFault) -> (trusted: TrustedMetadata, target: [UInt8])? {
        for version in rootVersions.sorted(by: >) {
            guard let root = try read("\(version).root.json", .root) else { continue }
            if let found = try? load(under: root) { return found }
        }
        return nil
    }

    /// A file for others, by its name in the repository; nil when there is none.
    public func file(_ name: String) -> [UInt8]? {
        let found = try? folder.read(name, bytesMax: MetadataLimits.targetFileBytesMax)
        return found ?? nil
    }

    /// Puts a whole update in the place of the one before.
    ///
    /// - Parameters:
    ///   - trusted: the update.
    ///   - roots: the roots on the way to its root, by version, its own among them.
    ///   - store: has the bytes of its roles.
    ///   - bytes: the target.
    public func replace(
        with trusted: TrustedMetadata, roots: [Int: [UInt8]], from store: some TrustedStore,
        target bytes: [UInt8]
    ) throws(UpdateFault) {
        guard let snapshot = trusted.snapshot, let targets = trusted.targets,
            let targetName = trusted.sourceName(ofTarget: target), trusted.root.consistentSnapshot
        else { throw .malformed }
        let names: [MetadataRole: String] = [
            .root: "\(trusted.root.head.version).root.json",
            .snapshot: "\(snapshot.head.version).snapshot.json",
            .targets: "\(targets.head.version).targets.json",
        ]
        for (version, root) in roots where version <= trusted.root.head.version {
            try write(root, "\(version).root.json")
        }
        try write(bytes, targetName)
        for role in [MetadataRole.root, .targets, .snapshot] {
            guard let bytes = try store.read(role), let name = names[role] else { throw .notFound }
            try write(bytes, name)
        }
        guard let timestamp = try store.read(.timestamp) else { throw .notFound }
        try write(timestamp, MetadataRole.timestamp.fileName)
        let kept = Set(names.values).union([MetadataRole.timestamp.fileName, targetName])
        for name in folder.names() where !kept.contains(name) && !name.hasSuffix(".root.json") {
            try folder.remove(name)
        }
    }

    private func load(
        under root: [UInt8]
    ) throws(UpdateFault) -> (trusted: TrustedMetadata, target: [UInt8]) {
        // Before every expiry.
        var trusted = try TrustedMetadata(
            root: root, startTime: MetadataTime(seconds: 0), accepting: .directory)
        _ = try trusted.take(timestamp: try required(MetadataRole.timestamp.fileName, .timestamp))
        let snapshot = trusted.timestamp?.snapshot.version ?? 0
        try trusted.take(snapshot: try required("\(snapshot).snapshot.json", .snapshot))
        let targets = trusted.snapshot?.targets.version ?? 0
        try trusted.take(targets: try required("\(targets).targets.json", .targets))
        guard let described = trusted.targets?.files[target],
            let name = trusted.sourceName(ofTarget: target),
            let bytes = try folder.read(name, bytesMax: MetadataLimits.targetFileBytesMax)
        else { throw .notFound }
        try described.check(bytes)
        return (trusted, bytes)
    }

    private var rootVersions: [Int] {
        folder.names().filter { $0.hasSuffix(".root.json") }
            .compactMap { Int($0.prefix { $0 != "." }) }
    }

    private func read(_ name: String, _ role: MetadataRole) throws(UpdateFault) -> [UInt8]? {
        try folder.read(name, bytesMax: MetadataLimits.bytesMax(of: role))
    }

    private func required(_ name: String, _ role: MetadataRole) throws(UpdateFault) -> [UInt8] {
        guard let bytes = try read(name, role) else { throw .notFound }
        return bytes
    }

    private func write(_ bytes: [UInt8], _ name: String) throws(UpdateFault) {
        guard file(name) != bytes else { return }
        try folder.write(bytes, named: name)
    }

}
