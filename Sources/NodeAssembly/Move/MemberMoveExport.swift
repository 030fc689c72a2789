import Crypto
import Exchange
import Foundation
import Membership

/// Writes what a node holds of a member that moves to another node into one file that only that node
/// opens (protocol/leaving.md, "To another node"). Nothing is changed.
public struct MemberMoveExport {
    private let member: MemberID
    private let home: NodeHome
    private let node: OfflineNode

    /// From an opened home.
    public init(_ member: MemberID, home: NodeHome, node: OfflineNode) {
        (self.member, self.home, self.node) = (member, home, node)
    }

    /// What was written.
    public struct Outcome: Sendable, Equatable {
        /// The node that can open it.
        public let target: NodeID
        /// Rows by table, without those that had none.
        public let rows: [String: Int]
    }

    /// Writes the file, mode 0600, where nothing is yet.
    ///
    /// - Throws: `NodeError`; `.directory` when the officers do not list the member at another node.
    public func run(to file: URL) async throws -> Outcome {
        guard !FileManager.default.fileExists(atPath: file.path), !home.contains(file) else {
            throw NodeError.file(file.path, "is there already, or lies in the home")
        }
        let (target, recipient) = try listed()
        let (keyID, key) = try answerKey()
        let form = try await node.context.store.moveForm()
        let header = MoveHeader(
            consortium: node.context.directory.issued.consortium, member: member,
            source: node.context.node, target: target,
            name: (0..<MoveHeader.nameBytes).map { _ in UInt8.random(in: .min ... .max) },
            at: node.context.clock.now, keyID: keyID, form: form)
        let unfinished = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).\(UInt32.random(in: .min ... .max))")
        do {
            var writer = try MoveFileWriter(
                unfinished, header: header, recipient: recipient, key: key)
            var rows: [String: Int] = [:]
            try node.context.store.handOver(member) { row in
                try writer.write(row)
                rows[form.tables[row.table].name, default: 0] += 1
            }
            try writer.finish()
            try PrivateFile.move(unfinished, to: file)
            return Outcome(target: target, rows: rows)
        } catch {
            unlink(unfinished.path)
            throw error
        }
    }

    /// Where the officers list the member, and its key there.
    private func listed() throws(NodeError) -> (NodeID, [UInt8]) {
        guard let entry = node.context.directory.issued.member(member),
            entry.node != node.context.node, entry.status != .withdrawn
        else {
            throw .directory(
                "does not list '\(member)' at another node: have the officers list it there, and "
                    + "bring the directory up to date (creditmesh directory fetch)")
        }
        guard let key = entry.requestKeys.first else {
            throw .directory("lists no request key of '\(member)' at '\(entry.node)'")
        }
        return (entry.node, key.publicKey.bytes)
    }

    private func answerKey() throws(NodeError) -> (KeyName, Curve25519.Signing.PrivateKey) {
        let listed = node.context.directory.issued.node(node.context.node)?.answerKeys ?? []
        for (_, key) in try SigningKeys.files(in: home.answerKeys) {
            let bytes = Array(key.publicKey.rawRepresentation)
            if let entry = listed.first(where: { $0.publicKey.bytes == bytes }) {
                return (entry.keyID, key)
            }
        }
        throw .directory("lists no key of '\(node.context.node)' for answers that this home holds")
    }
}
