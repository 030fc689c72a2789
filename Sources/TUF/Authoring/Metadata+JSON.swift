import StrictJSON

/// The version of TUF by whose rules metadata is written.
private let specVersion = "1.0.31"

extension MetadataHead {
    fileprivate func json(of role: MetadataRole, _ content: [JSONMember]) -> JSONValue {
        .object(
            [
                JSONMember("_type", .string(role.rawValue)),
                JSONMember("expires", .string(expires.description)),
                JSONMember("spec_version", .string(specVersion)),
                JSONMember("version", .integer(version)),
            ] + content)
    }
}

extension RootMetadata {
    /// What is signed.
    public var json: JSONValue {
        let keys = keys.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value.json) }
        let roles = MetadataRole.allCases.compactMap { role in
            self.roles[role].map { JSONMember(role.rawValue, $0.json) }
        }
        return head.json(
            of: .root,
            [
                JSONMember("consistent_snapshot", .bool(consistentSnapshot)),
                JSONMember("keys", .object(keys)), JSONMember("roles", .object(roles)),
            ])
    }
}

extension TimestampMetadata {
    /// What is signed.
    public var json: JSONValue {
        head.json(
            of: .timestamp,
            [
                JSONMember(
                    "meta", .object([JSONMember(MetadataRole.snapshot.fileName, snapshot.json)]))
            ])
    }
}

extension SnapshotMetadata {
    /// What is signed.
    public var json: JSONValue {
        let files = files.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value.json) }
        return head.json(of: .snapshot, [JSONMember("meta", .object(files))])
    }
}

extension TargetsMetadata {
    /// What is signed.
    public var json: JSONValue {
        let files = files.sorted { $0.key < $1.key }
            .map { JSONMember($0.key, .object($0.value.json)) }
        return head.json(of: .targets, [JSONMember("targets", .object(files))])
    }
}
