/// What the entries of a directory must hold about each other: names are unique, references lead
/// somewhere, no key has two owners. It collects the indices that look-ups need on the way.
struct DirectoryChecks {
    private let content: DirectoryContent
    private(set) var nodeIndices: [NodeID: Int] = [:]
    private(set) var memberIndices: [MemberID: Int] = [:]
    /// By the id of a request key, the index of its member.
    private(set) var requesterIndices: [KeyName: Int] = [:]
    private var ids: Set<String> = []
    private var endpoints: Set<Endpoint> = []
    private var keyIDs: Set<KeyName> = []
    private var publicKeys: Set<PublicKeyBytes> = []

    init(content: DirectoryContent) {
        self.content = content
    }

    /// Throws the first rule that is broken: ids and keys first, then what refers to them.
    mutating func run() throws(DirectoryError) {
        for (index, node) in content.nodes.enumerated() {
            try check(node, at: .list("nodes", index), index: index)
        }
        for (index, member) in content.members.enumerated() {
            try check(member, at: .list("members", index), index: index)
        }
        for (index, member) in content.members.enumerated() {
            try checkSupervision(by: member, at: .list("members", index))
        }
        guard content.members.count(where: { $0.denialKey != nil }) <= Directory.denialKeysMax
        else { throw JSONPath.root.member("members").breaks(.denialKeys) }
        try checkWitnesses()
        try checkCharter()
    }

    private mutating func check(
        _ node: NodeEntry, at path: JSONPath, index: Int
    ) throws(DirectoryError) {
        nodeIndices[node.id] = index
        try insert(node.id.text, into: \.ids, at: path.member("id"))
        try insert(node.endpoint, into: \.endpoints, at: path.member("endpoint"))
        try checkSigningKeys(node.answerKeys, at: path.member("answerKeys"))
        try checkVOPRFKeys(node.voprfKeys, at: path.member("voprfKeys"))
        for (index, key) in (node.log?.verifierKeys ?? []).enumerated() {
            try insert(key.publicKey, at: path.member("log").member("vkeys").element(index))
        }
    }

    private mutating func check(
        _ member: MemberEntry, at path: JSONPath, index: Int
    ) throws(DirectoryError) {
        memberIndices[member.id] = index
        try insert(member.id.text, into: \.ids, at: path.member("id"))
        guard nodeIndices[member.node] != nil else {
            throw path.member("node").breaks(.noSuchNode)
        }
        try checkSigningKeys(member.requestKeys, at: path.member("requestKeys"))
        for key in member.requestKeys { requesterIndices[key.keyID] = index }
        try checkOpeningKeys(member.openingKeys, at: path.member("openingKeys"))
        if let key = member.denialKey {
            try insert(key.publicKey, at: path.member("denialKey"))
        }
    }

    private func checkSupervision(
        by regulator: MemberEntry, at path: JSONPath
    ) throws(DirectoryError) {
        var seen: Set<MemberID> = []
        for (index, id) in regulator.supervises.enumerated() {
            let place = path.member("supervises").element(index)
            guard memberIndices[id] != nil else { throw place.breaks(.noSuchMember) }
            guard id != regulator.id else { throw place.breaks(.supervisesItself) }
            guard seen.insert(id).inserted else { throw place.breaks(.duplicate) }
        }
    }

    private mutating func checkWitnesses() throws(DirectoryError) {
        var names: Set<String> = []
        for (index, witness) in content.witnesses.enumerated() {
            let path = JSONPath.list("witnesses", index)
            guard names.insert(witness.name).inserted else {
                throw path.member("name").breaks(.duplicate)
            }
            try insert(witness.verifierKey.publicKey, at: path.member("vkey"))
        }
    }

    private func checkCharter() throws(DirectoryError) {
        let path = JSONPath.root.member("charter")
        guard content.charter.witnessQuorum <= content.witnesses.count else {
            throw path.member("witnessQuorum").breaks(.quorum)
        }
        guard let id = content.charter.openingRegulator else { return }
        let place = path.member("openingRegulator")
        guard let index = memberIndices[id] else { throw place.breaks(.noSuchMember) }
        guard content.members[index].role == .regulator else { throw place.breaks(.notARegulator) }
    }
}

// MARK: - Keys

extension DirectoryChecks {
    private mutating func checkSigningKeys(
        _ keys: [SigningKeyEntry], at path: JSONPath
    ) throws(DirectoryError) {
        for (index, key) in keys.enumerated() {
            let place = path.element(index)
            try insert(key.keyID, into: \.keyIDs, at: place.member("keyid"))
            try insert(key.publicKey, at: place.member("publicKey"))
        }
    }

    private mutating func checkVOPRFKeys(
        _ keys: [VOPRFKeyEntry], at path: JSONPath
    ) throws(DirectoryError) {
        var kids: Set<KeyName> = []
        var hasCurrent = false
        for (index, key) in keys.enumerated() {
            let place = path.element(index)
            guard kids.insert(key.kid).inserted else {
                throw place.member("kid").breaks(.duplicate)
            }
            guard key.state != .current || !hasCurrent else {
                throw place.member("state").breaks(.secondCurrentKey)
            }
            hasCurrent = hasCurrent || key.state == .current
            try insert(key.publicKey, at: place.member("publicKey"))
        }
    }

    private mutating func checkOpeningKeys(
        _ keys: [OpeningKeyEntry], at path: JSONPath
    ) throws(DirectoryError) {
        var kids: Set<KeyName> = []
        var months: Set<String> = []
        for (index, key) in keys.enumerated() {
            let place = path.element(index)
            guard kids.insert(key.kid).inserted else {
                throw place.member("kid").breaks(.duplicate)
            }
            guard months.insert(key.month).inserted else {
                throw place.member("month").breaks(.duplicate)
            }
            try insert(key.publicKey, at: place.member("publicKey"))
        }
    }

    /// A private key has one owner and one use; the same public key twice shows that it has not.
    private mutating func insert(
        _ key: PublicKeyBytes, at path: @autoclosure () -> JSONPath
    ) throws(DirectoryError) {
        guard publicKeys.insert(key).inserted else { throw path().breaks(.keyReused) }
    }

    private mutating func insert<Value: Hashable>(
        _ value: Value, into set: WritableKeyPath<DirectoryChecks, Set<Value>>,
        at path: @autoclosure () -> JSONPath
    ) throws(DirectoryError) {
        guard self[keyPath: set].insert(value).inserted else { throw path().breaks(.duplicate) }
    }
}

extension JSONPath {
    fileprivate static func list(_ key: String, _ index: Int) -> JSONPath {
        root.member(key).element(index)
    }

    fileprivate func member(_ key: String) -> JSONPath { .member(of: self, key: key) }

    fileprivate func element(_ index: Int) -> JSONPath { .element(of: self, index: index) }

    fileprivate func breaks(_ rule: DirectoryRule) -> DirectoryError {
        .invalid(path: description, rule: rule)
    }
}
