import Membership
import Pseudonym

/// Takes a member that comes from another node: opens what is sealed with the private halves of its
/// rekey key, and makes of it what this node's keys make (protocol/leaving.md, "To another node").
///
/// Identifiers, names and account numbers are in memory for the length of a batch.
public struct MemberArrival: Sendable {
    private let context: NodeContext
    private let references: ReferenceKey
    private let sealer: any IdentitySealer
    private let schemes: SchemeRegistry

    /// Works on a node that nobody else writes to.
    ///
    /// - Throws: `SchemeError`: this version cannot read a pattern of the charter.
    public init(
        context: NodeContext, references: ReferenceKey, sealer: any IdentitySealer
    ) throws(SchemeError) {
        self.context = context
        self.references = references
        self.sealer = sealer
        schemes = try SchemeRegistry(charter: context.directory.current.charter.schemePatterns)
    }

    /// Takes a move, or finds that it came before.
    ///
    /// - Parameters:
    ///   - source: the node that it comes from.
    ///   - name: the move's, 32 random bytes.
    ///   - leavesUnopened: whether what does not open may be left out.
    ///   - rows: the next ones; nil at the end, once everything is known to be whole.
    /// - Throws: `MoveFault`, `StoreError`, or what `rows` throws; then nothing was changed.
    public func take(
        _ member: MemberID, from source: NodeID, name: [UInt8], privateHalves: [RekeyPrivateKey],
        leavesUnopened: Bool, rows: () throws -> [MovedRow]?
    ) async throws -> Arrival {
        guard let session = try sealer.begin(for: member) else { throw SealingError.key }
        let form = try await context.store.moveForm()
        var opened = MovedIdentities(
            form: form, sealed: SealedIdentities(privateHalves), schemes: schemes,
            inventedOnly: context.directory.current.member(member)?.status == .trial)
        let stamp = MoveStamp(
            member: member, source: source, name: name, at: context.clock.now,
            keyBox: session.keyBox)
        return try context.store.take(stamp) {
            guard let batch = try rows() else { return nil }
            return try arriving(batch, of: member, opened: &opened, session)
        } approve: { arrival in
            let left = arrival.left["subject", default: 0] + arrival.left["account", default: 0]
            guard left == 0 || leavesUnopened else { throw MoveFault.unopened(left) }
        }
    }

    /// Opened one after the other, since most share a data key; then on all cores.
    private func arriving(
        _ batch: [MovedRow], of member: MemberID, opened: inout MovedIdentities,
        _ session: any SealingSession
    ) throws -> [ArrivingRow] {
        var clear: [(row: MovedRow, identity: MovedIdentities.Clear)] = []
        for row in batch { clear.append((row, try opened.open(row))) }
        let made = Parallel.map(clear, perTask: 16) { row, identity in
            Result { ArrivingRow(row: row, identity: try keyed(identity, of: member, session)) }
        }
        return try made.map { try $0.get() }
    }

    private func keyed(
        _ identity: MovedIdentities.Clear, of member: MemberID, _ session: any SealingSession
    ) throws -> ArrivingIdentity {
        switch identity {
        case .none: return .none
        case .unopened: return .unopened
        case .account(let number):
            let reference = references.reference(member: member, accountNumber: number)
            return .account(
                reference, sealed: try session.seal(accountNumber: number, for: reference))
        case .subject(let identifier, let stated):
            let name = stated.flatMap(SubjectName.init)
            let reference = references.subject(
                member: member, scheme: identifier.scheme.rawValue,
                identifier: identifier.normalForm)
            let clear = ClearIdentity(
                scheme: identifier.scheme.rawValue, identifier: identifier.normalForm, name: stated)
            let input = SubjectInput(
                consortium: context.directory.current.consortium.description,
                identifier: identifier)
            return .subject(
                SubjectIdentity(
                    reference: reference,
                    nameDigest: name.map {
                        references.nameDigest(member: member, name: $0.bytes)
                    }),
                tokens: context.keys.subjectTokens(for: input, name: name),
                sealed: try session.seal(clear, for: reference))
        }
    }
}
