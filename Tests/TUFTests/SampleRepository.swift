import Crypto
import StrictJSON
import Synchronization
import TUF

/// A repository in memory, published and spoilt by tests; it counts what is fetched.
final class SampleRepository: RepositorySource {
    struct State {
        var files: [String: [UInt8]] = [:]
        var fetched: [String] = []
    }

    private let state = Mutex(State())

    func file(_ name: String, bytesMax: Int) async throws(UpdateFault) -> [UInt8]? {
        let bytes = state.withLock { state in
            state.fetched.append(name)
            return state.files[name]
        }
        guard let bytes else { return nil }
        guard bytes.count <= bytesMax else { throw .tooLarge }
        return bytes
    }

    /// The names of what was fetched since the last call.
    func takeFetched() -> [String] {
        state.withLock { state in
            defer { state.fetched = [] }
            return state.fetched
        }
    }

    subscript(name: String, default other: [UInt8]) -> [UInt8] { self[name] ?? other }

    subscript(name: String) -> [UInt8]? {
        get { state.withLock { $0.files[name] } }
        set { state.withLock { $0.files[name] = newValue } }
    }
}

/// Keys and versions of a sample, and the publishing of what they sign.
struct SamplePublisher {
    static let start = MetadataTime(seconds: 1_795_000_000)
    static let target = Array("who belongs".utf8)

    let repository = SampleRepository()
    var signers: [MetadataRole: [MetadataSigner]]
    var thresholds: [MetadataRole: Int] = [.root: 2, .targets: 2, .snapshot: 1, .timestamp: 1]
    var versions: [MetadataRole: Int] = [.root: 1, .targets: 1, .snapshot: 1, .timestamp: 1]
    var expiries: [MetadataRole: MetadataTime]
    var target = Self.target

    init() {
        let officers = (0..<3).map { _ in Self.signer() }
        signers = [
            .root: officers, .targets: officers, .snapshot: [Self.signer()],
            .timestamp: [Self.signer()],
        ]
        expiries = Dictionary(
            uniqueKeysWithValues: MetadataRole.allCases.map {
                ($0, Self.start.advanced(bySeconds: 86_400))
            })
    }

    static func signer() -> MetadataSigner { MetadataSigner(Curve25519.Signing.PrivateKey()) }

    func head(_ role: MetadataRole) -> (version: Int, expires: MetadataTime) {
        (versions[role, default: 1], expiries[role, default: Self.start])
    }

    var root: RootMetadata {
        var keys: [String: MetadataKey] = [:]
        for signer in signers.values.flatMap(\.self) { keys[signer.keyID] = signer.key }
        let roles = Dictionary(
            uniqueKeysWithValues: MetadataRole.allCases.map { role in
                (
                    role,
                    RoleKeys(
                        keyIDs: signers[role, default: []].map(\.keyID),
                        threshold: thresholds[role, default: 1])
                )
            })
        return RootMetadata(
            version: head(.root).version, expires: head(.root).expires, keys: keys, roles: roles)
    }

    func signed(_ content: JSONValue, as role: MetadataRole) throws -> SignedMetadata {
        try SignedMetadata(signing: content, by: signers[role, default: []])
    }

    /// Publishes everything at its present version.
    @discardableResult
    func publish() throws -> [UInt8] {
        let root = try signed(root.json, as: .root).bytes
        repository["\(head(.root).version).root.json"] = root
        let described = FileDescription(of: target)
        let digest = described.digests["sha256", default: ""]
        repository["\(digest).members.json"] = target
        try publishTargets(files: ["members.json": described])
        return root
    }

    func publishTargets(files: [String: FileDescription]) throws {
        let content = TargetsMetadata(
            version: head(.targets).version, expires: head(.targets).expires, files: files)
        let targets = try signed(content.json, as: .targets).bytes
        repository["\(head(.targets).version).targets.json"] = targets
        try publishSnapshot(
            targets: MetadataDescription(
                version: head(.targets).version, file: FileDescription(of: targets)))
    }

    func publishSnapshot(targets: MetadataDescription) throws {
        let content = SnapshotMetadata(
            version: head(.snapshot).version, expires: head(.snapshot).expires, targets: targets)
        let snapshot = try signed(content.json, as: .snapshot).bytes
        repository["\(head(.snapshot).version).snapshot.json"] = snapshot
        try publishTimestamp(
            snapshot: MetadataDescription(
                version: head(.snapshot).version, file: FileDescription(of: snapshot)))
    }

    func publishTimestamp(snapshot: MetadataDescription) throws {
        let content = TimestampMetadata(
            version: head(.timestamp).version, expires: head(.timestamp).expires,
            snapshot: snapshot)
        repository["timestamp.json"] = try signed(content.json, as: .timestamp).bytes
    }

    /// The versions of some roles, one higher.
    mutating func raise(_ roles: MetadataRole...) {
        for role in roles { versions[role, default: 0] += 1 }
    }
}
