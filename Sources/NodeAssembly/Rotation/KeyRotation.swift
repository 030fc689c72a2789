import Exchange
import Foundation
import HTTPSignatures
import Membership
import Pseudonym
import Store
import TransparencyLog

/// The change of a node's keys as an operator sees it: make the coming ones, state them for the
/// directory, let the old ones leave it, destroy them (protocol/directory.md, "Changing keys"). The
/// node may run meanwhile, and takes each step by itself.
public struct KeyRotation: Sendable {
    /// Which keys change.
    public enum Kind: Sendable, Equatable {
        /// Those of answers and of requests; of one member's requests alone where it is named.
        case signing(MemberID?)
        /// That of the log.
        case log
        /// That of pseudonyms, whose coming one `creditmesh node rekey` makes.
        case voprf
    }

    private let home: NodeHome
    private let directory: Directory
    private let entry: NodeEntry
    private let leaving: LeavingKeys

    /// The keys of a home, by the directory in force.
    public init(home: NodeHome, node: NodeID, directory: Directory) throws(NodeError) {
        guard let entry = directory.node(node) else {
            throw .directory("does not list node '\(node)'")
        }
        self.home = home
        self.directory = directory
        self.entry = entry
        leaving = LeavingKeys(file: home.leavingKeys)
    }

    /// Makes the coming keys, or finds those that were made before and are not listed yet; states
    /// them behind the ones that are listed.
    ///
    /// - Throws: `NodeError.directory` when a change is under way.
    public func begin(_ kind: Kind) throws(NodeError) -> SignedKeyStatement {
        var statement = blank
        switch kind {
        case .signing(let only):
            if only == nil {
                statement.answerKeys =
                    entry.answerKeys + [
                        try coming(
                            in: home.answerKeys, named: entry.id.text, beside: entry.answerKeys)
                    ]
            }
            for member in try members(only) {
                statement.requestKeys[member.id] =
                    member.requestKeys + [
                        try coming(
                            in: home.requestKeys(of: member.id), named: member.id.text,
                            beside: member.requestKeys)
                    ]
            }
        case .log: statement.logKeys = listedLogKeys + [try comingLogKey()]
        case .voprf:
            let keys = try pseudonymEntries()
            guard keys.count > 1 else {
                throw .failed("there is no other key; make it with: creditmesh node rekey")
            }
            statement.voprfKeys = keys
        }
        return try signed(statement)
    }

    /// States that only the newest keys stay. What leaves is noted in the home.
    ///
    /// - Throws: `NodeError.directory` when nothing would leave.
    public func leave(_ kind: Kind) throws(NodeError) -> SignedKeyStatement {
        var statement = blank
        switch kind {
        case .signing(let only):
            if only == nil {
                statement.answerKeys = try staying(entry.answerKeys, in: home.answerKeys)
            }
            for member in try members(only) {
                statement.requestKeys[member.id] = try staying(
                    member.requestKeys, in: home.requestKeys(of: member.id))
            }
        case .log:
            let listed = listedLogKeys
            let held = try SigningKeys.files(in: home.logKeys).map(HeldKey.init)
            guard listed.count > 1, let last = listed.last,
                held.contains(where: { $0.publicKey == last.publicKey.bytes })
            else { throw Self.nothingLeaves }
            try leaving.add(
                held.filter { key in
                    listed.dropLast().contains { $0.publicKey.bytes == key.publicKey }
                }.map(\.name))
            statement.logKeys = [last]
        case .voprf:
            let keys = try pseudonymEntries()
            let staying = keys.filter { $0.state != .retiring }
            guard staying.count < keys.count else { throw Self.nothingLeaves }
            statement.voprfKeys = staying
        }
        return try signed(statement)
    }

    /// Destroys signing keys and keys of the log that left the directory. Returns their names.
    ///
    /// - Throws: `NodeError.directory` when one is still listed; nothing was destroyed then.
    public func retire() throws(NodeError) -> [String] {
        let names = try leaving.names()
        let folders =
            [home.answerKeys, home.logKeys]
            + directory.members(servedBy: entry.id)
            .map { home.requestKeys(of: $0.id) }
        var gone: [HeldKey] = []
        for folder in folders {
            gone += try SigningKeys.files(in: folder).map(HeldKey.init)
                .filter { names.contains($0.name) }
        }
        let listed = Set(
            (entry.answerKeys + directory.members(servedBy: entry.id).flatMap(\.requestKeys))
                .map(\.publicKey.bytes) + listedLogKeys.map(\.publicKey.bytes))
        if let kept = gone.first(where: { listed.contains($0.publicKey) }) {
            throw .directory(
                "still lists '\(kept.name)'; it is used until the directory leaves it out")
        }
        try checkRecord()
        for key in gone { try PrivateFile.destroy(key.file) }
        try leaving.clear()
        return gone.map(\.name)
    }

    /// The record of the log must bear a signature of a key that stays, or the next start could not
    /// read it: a running node signs it anew as soon as it reads the directory.
    private func checkRecord() throws(NodeError) {
        let keys = entry.logKeys
        guard !keys.isEmpty, FileManager.default.fileExists(atPath: home.logRecord.path),
            (try? SQLiteLog.promised(record: home.logRecord.path, keys: keys)) == nil
        else { return }
        throw .log(
            .record,
            "\(home.logRecord.path) is not signed by a key that stays; run the node for a moment")
    }

    private static let nothingLeaves = NodeError.directory(
        "lists no newer key of this home beside another one; nothing can leave")

    private var blank: KeyStatement {
        KeyStatement(consortium: directory.consortium, node: entry.id)
    }

    private var listedLogKeys: [VerifierKey] { entry.log?.verifierKeys ?? [] }

    private func members(_ only: MemberID?) throws(NodeError) -> [MemberEntry] {
        let served = directory.members(servedBy: entry.id).filter { $0.status != .withdrawn }
        guard let only else { return served }
        guard let member = served.first(where: { $0.id == only }) else {
            throw .directory("does not list '\(only)' as a member of '\(entry.id)'")
        }
        return [member]
    }

    /// The key of a folder that is neither listed nor on its way out; made where there is none.
    private func coming(
        in folder: URL, named owner: String, beside listed: [SigningKeyEntry]
    ) throws(NodeError) -> SigningKeyEntry {
        let left = try leaving.names()
        let waiting = try SigningKeys.files(in: folder).map(HeldKey.init).last { key in
            !left.contains(key.name) && !listed.contains { $0.publicKey.bytes == key.publicKey }
        }
        if let waiting, let id = Membership.KeyName(waiting.name),
            let key = PublicKeyBytes(waiting.publicKey)
        {
            return SigningKeyEntry(keyID: id, publicKey: key)
        }
        guard listed.count <= 1 else {
            throw .directory("lists another key of '\(owner)' already; run it with --leave first")
        }
        return try SigningKeys.create(in: folder, named: owner)
    }

    private func comingLogKey() throws(NodeError) -> VerifierKey {
        let listed = listedLogKeys
        guard listed.count == 1, let origin = entry.log?.origin else {
            throw .directory("lists \(listed.count) keys of the log; one can be added to one")
        }
        let left = try leaving.names()
        let waiting = try SigningKeys.files(in: home.logKeys).map(HeldKey.init).last { key in
            !left.contains(key.name) && !listed.contains { $0.publicKey.bytes == key.publicKey }
        }
        let bytes =
            if let waiting { PublicKeyBytes(waiting.publicKey) } else {
                try SigningKeys.createLogKey(home: home, node: entry.id)
            }
        guard let bytes,
            let key = VerifierKey(name: origin, algorithm: .ed25519, publicKey: bytes)
        else { throw .failed("a log cannot be named '\(origin)'") }
        return key
    }

    /// The last listed key, which the home must hold; the others are noted as leaving.
    private func staying(
        _ listed: [SigningKeyEntry], in folder: URL
    ) throws(NodeError) -> [SigningKeyEntry] {
        let held = try SigningKeys.files(in: folder).map(HeldKey.init)
        guard listed.count > 1, let last = listed.last,
            held.contains(where: { $0.publicKey == last.publicKey.bytes })
        else { throw Self.nothingLeaves }
        try leaving.add(listed.dropLast().map(\.keyID.text))
        return [last]
    }

    private func pseudonymEntries() throws(NodeError) -> [VOPRFKeyEntry] {
        var entries: [VOPRFKeyEntry] = []
        for key in try NodeKeys.ring(home.pseudonymKeys).keys {
            guard let kid = Membership.KeyName(key.kid.rawValue),
                let publicKey = PublicKeyBytes(key.secret.publicKey.bytes),
                let state = VOPRFKeyEntry.State(rawValue: key.state.rawValue)
            else { throw .failed("a pseudonym key cannot be listed") }
            entries.append(VOPRFKeyEntry(kid: kid, state: state, publicKey: publicKey))
        }
        return entries
    }

    /// Signs with the last key of answers that is listed and held.
    private func signed(_ statement: KeyStatement) throws(NodeError) -> SignedKeyStatement {
        let held = try SigningKeys.files(in: home.answerKeys)
        for listed in entry.answerKeys.reversed() {
            let found = held.first {
                Array($0.key.publicKey.rawRepresentation) == listed.publicKey.bytes
            }
            guard let found else { continue }
            do {
                return try statement.signed(keyID: listed.keyID) { bytes in
                    Array(try found.key.signature(for: bytes))
                }
            } catch {
                throw .failed("the statement cannot be signed")
            }
        }
        throw .directory("lists no key of '\(entry.id)' for answers that this home holds")
    }
}
