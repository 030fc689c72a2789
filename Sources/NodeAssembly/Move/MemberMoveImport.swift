import Crypto
import Exchange
import Foundation
import Membership
import Pseudonym

/// The points between which the taking of a member changes something that lasts: after each of them it
/// may be cut off, and the same call goes on. Tests cut it off there.
package enum MoveStep: CaseIterable, Sendable {
    /// Everything is in the store.
    case taken
    /// The log tells of its consents and disputes.
    case told
    /// The filters have its subjects.
    case published
}

/// Takes a member that comes from another node into a home on which no node runs (protocol/leaving.md,
/// "To another node").
public struct MemberMoveImport {
    private let source: NodeID
    private let home: NodeHome
    private let node: OfflineNode
    private let reached: (MoveStep) throws -> Void

    /// Into an opened home, from the node that the operator expects it from.
    public init(from source: NodeID, home: NodeHome, node: OfflineNode) {
        self.init(from: source, home: home, node: node) { _ in }
    }

    package init(
        from source: NodeID, home: NodeHome, node: OfflineNode,
        reached: @escaping (MoveStep) throws -> Void
    ) {
        (self.source, self.home, self.node, self.reached) = (source, home, node, reached)
    }

    /// Takes it, or goes on where it was cut off.
    ///
    /// - Parameters:
    ///   - privateHalves: of the member's rekey keys, by which the old node sealed.
    ///   - leavesUnopened: whether what does not open may be left out.
    /// - Throws: `NodeError`; of what stands in the file all was taken or nothing.
    public func run(
        _ member: MemberID, file: URL, privateHalves: [RekeyPrivateKey], leavesUnopened: Bool
    ) async throws -> Arrival {
        let keys = try SigningKeys.files(in: home.requestKeys(of: member))
        var reader = try MoveFileReader(
            file, keys: keys.map { Array($0.key.rawRepresentation) })
        reader.expect(try await check(reader.header, member))
        let arrival: Arrival
        do {
            arrival = try await MemberArrival(
                context: node.context, references: node.keys.references, sealer: node.keys.sealer
            ).take(
                member, from: source, name: reader.header.name, privateHalves: privateHalves,
                leavesUnopened: leavesUnopened, rows: { try reader.next() })
        } catch {
            throw explained(error, member)
        }
        try reached(.taken)
        try await node.publisher.recordBookEvents()
        try reached(.told)
        try await node.publisher.refresh()
        try reached(.published)
        return arrival
    }

    /// Whether the file is what is awaited; returns the key by which it has to be signed.
    private func check(
        _ header: MoveHeader, _ member: MemberID
    ) async throws -> Curve25519.Signing.PublicKey {
        let directory = node.context.directory.issued
        guard header.consortium == directory.consortium, header.member == member,
            header.target == node.context.node, header.source == source
        else {
            throw NodeError.move(
                .other, "the file is not of '\(member)' from '\(source)' to this node")
        }
        let listed = directory.node(source)?.answerKeys.first { $0.keyID == header.keyID }
        guard
            let key = listed.flatMap({
                try? Curve25519.Signing.PublicKey(rawRepresentation: $0.publicKey.bytes)
            })
        else {
            throw NodeError.move(
                .other, "the file is signed by no key that the directory lists for '\(source)'")
        }
        guard header.form == (try await node.context.store.moveForm()) else {
            throw NodeError.move(
                .version,
                "another version of CreditMesh wrote the file: bring both nodes to the same one, and "
                    + "make the file again")
        }
        return key
    }

    private func explained(_ error: any Error, _ member: MemberID) -> any Error {
        switch error {
        case MoveFault.form:
            NodeError.move(.file, "what the file holds cannot be a book of '\(member)'")
        case MoveFault.notEmpty:
            NodeError.move(.notEmpty, "this node has a book of '\(member)' already")
        case MoveFault.unopened(let count):
            NodeError.move(
                .unopened,
                "of \(count) borrowers and accounts nothing is sealed, or the private halves given do "
                    + "not open it; give all of them, or leave these out with --without-unopened")
        case SealingError.key:
            NodeError.file(
                home.rekeyKey(of: member).path,
                "is missing; run: creditmesh node rekey-key --member \(member)")
        case let error as StoreError: NodeError.failed("the store: \(error)")
        case is SchemeError:
            NodeError.directory("the charter names a scheme whose pattern this version cannot read")
        default: error
        }
    }
}
