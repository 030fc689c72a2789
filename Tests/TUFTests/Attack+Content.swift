import StrictJSON
import TUF

extension Attack {
    static let times: [Attack] = [
        Attack("root: expired", "root.json", .expired) {
            $0.expiries[.root] = SamplePublisher.start
            try $0.publish()
        },
        Attack("timestamp: expired", "timestamp.json", .expired) {
            $0.expiries[.timestamp] = SamplePublisher.start
            try $0.publish()
        },
        Attack("snapshot: expired", "2.snapshot.json", .expired) {
            $0.expiries[.snapshot] = SamplePublisher.start
            try $0.publish()
        },
        Attack("targets: expired", "2.targets.json", .expired) {
            $0.expiries[.targets] = SamplePublisher.start
            try $0.publish()
        },
    ]

    static let versions: [Attack] = [
        Attack("root: skips a version", "2.root.json", .version) {
            $0.versions[.root] = 3
            try $0.replace("2.root.json", .root, $0.root.json)
        },
        Attack("root: the same version again", "2.root.json", .version) {
            $0.versions[.root] = 1
            try $0.replace("2.root.json", .root, $0.root.json)
        },
        Attack("timestamp: older than before", "timestamp.json", .rollback) {
            let snapshot = $0.repository["2.snapshot.json", default: []]
            $0.versions[.timestamp] = 4
            try $0.publishTimestamp(
                snapshot: MetadataDescription(version: 2, file: FileDescription(of: snapshot)))
        },
        Attack("snapshot: of another version than described", "3.snapshot.json", .version) {
            let snapshot = $0.repository["2.snapshot.json", default: []]
            $0.repository["3.snapshot.json"] = snapshot
            try $0.publishTimestamp(
                snapshot: MetadataDescription(version: 3, file: FileDescription(of: snapshot)))
        },
        Attack("snapshot: no longer describes a file", "2.snapshot.json", .malformed) {
            let content = $0.snapshotContent.setting("meta", ["other.json": ["version": 1]])
            try $0.replaceSnapshot(content)
        },
        Attack("targets: of another version than described", "3.targets.json", .version) {
            let targets = $0.repository["2.targets.json", default: []]
            $0.repository["3.targets.json"] = targets
            try $0.publishSnapshot(
                targets: MetadataDescription(version: 3, file: FileDescription(of: targets)))
        },
    ]

    static let descriptions: [Attack] = [
        Attack("snapshot: other bytes of the same length", "2.snapshot.json", .digest) {
            publisher in
            publisher.edit("2.snapshot.json") { $0.replacing("\"keyid\"", with: "\"keyiD\"") }
        },
        Attack("targets: of another time (mix and match)", "2.targets.json", .digest) {
            $0.repository["2.targets.json"] = $0.repository["1.targets.json"]
        },
        Attack("snapshot: not there", "2.snapshot.json", .notFound) {
            $0.repository["2.snapshot.json"] = nil
        },
        Attack("timestamp: not there", "timestamp.json", .notFound) {
            $0.repository["timestamp.json"] = nil
        },
        Attack("targets: a digest that nobody can check", "2.targets.json", .malformed) {
            let files: JSONValue = ["members.json": ["length": 3, "hashes": ["md5": "00"]]]
            try $0.replaceTargets($0.targetsContent.setting("targets", files))
        },
    ]
}

extension SamplePublisher {
    var snapshotContent: JSONValue {
        let targets = repository["2.targets.json", default: []]
        return SnapshotMetadata(
            version: 2, expires: head(.snapshot).expires,
            targets: MetadataDescription(version: 2, file: FileDescription(of: targets))
        ).json
    }

    var targetsContent: JSONValue {
        TargetsMetadata(version: 2, expires: head(.targets).expires, files: [:]).json
    }

    /// Takes the place of a file, signed by all of a role's keys, or by the first of them.
    func replace(
        _ file: String, _ role: MetadataRole, _ content: JSONValue, signers count: Int = 64
    ) throws {
        let metadata = try SignedMetadata(
            signing: content, by: Array(signers[role, default: []].uniqued.prefix(count)))
        repository[file] = metadata.bytes
    }

    func replaceSnapshot(_ content: JSONValue) throws {
        try replace("2.snapshot.json", .snapshot, content)
        let snapshot = repository["2.snapshot.json", default: []]
        try publishTimestamp(
            snapshot: MetadataDescription(version: 2, file: FileDescription(of: snapshot)))
    }

    func replaceTargets(_ content: JSONValue) throws {
        try replace("2.targets.json", .targets, content)
        let targets = repository["2.targets.json", default: []]
        try publishSnapshot(
            targets: MetadataDescription(version: 2, file: FileDescription(of: targets)))
    }

    /// Alters a file's text without signing it anew.
    func edit(_ file: String, _ change: (String) -> String) {
        let text = String(decoding: repository[file, default: []], as: UTF8.self)
        repository[file] = Array(change(text).utf8)
    }

    /// A root whose second signature is by the same key, under another id.
    func doubleKey() throws {
        guard let officer = signers[.root]?.first else { return }
        let other = String(repeating: "ab", count: 32)
        let root = RootMetadata(
            version: 2, expires: head(.root).expires,
            keys: self.root.keys.merging([other: officer.key]) { $1 },
            roles: self.root.roles.merging([
                .root: RoleKeys(keyIDs: [officer.keyID, other], threshold: 2)
            ]) { $1 })
        let metadata = try signed(root.json, as: .root)
        repository["2.root.json"] = metadata.bytes
        edit("2.root.json") { text in
            let id = "\"keyid\":\"\(officer.keyID)\",\"sig\":\""
            let start = text.firstRange(of: id)?.upperBound ?? text.startIndex
            let signature = text[start...].prefix { $0 != "\"" }
            return text.replacing(
                "\"signatures\":[",
                with: "\"signatures\":[{\"keyid\":\"\(other)\",\"sig\":\"\(signature)\"},")
        }
    }
}

extension JSONValue {
    /// An object with another value of one member.
    func setting(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.hasName(name) ? JSONMember(name, value) : $0 })
    }
}

extension [MetadataSigner] {
    /// Each key once: a signature stands under one id only.
    var uniqued: [MetadataSigner] {
        reduce(into: []) { found, signer in
            if !found.contains(where: { $0.keyID == signer.keyID }) { found.append(signer) }
        }
    }
}
