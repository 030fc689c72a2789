import Exchange
import Membership
import StrictJSON

/// The denials at other nodes (protocol/directory.md, "Denials"). A note proves itself; whoever gives
/// or takes it need not be believed.
extension PeerClient {
    /// The denials that count at a node, not verified.
    public func denials(
        of node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [[UInt8]] {
        let call = PeerCall(get: .denials, answerBytesMax: ExchangeLimits.answerBytesMax)
        return try Self.list(
            await signed(call, of: node, as: member, deadline: deadline), call
        ).denials
    }

    /// Gives a denial to a node.
    ///
    /// - Returns: the denials that count there then, not verified.
    public func give(
        denial: [UInt8], to node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> [[UInt8]] {
        let call = PeerCall(denial: DenialRequest(member: member, denial: denial))
        return try Self.list(
            await signed(call, of: node, as: member, deadline: deadline), call
        ).denials
    }

    private static func list(
        _ body: [UInt8], _ call: PeerCall
    ) throws(PeerFailure) -> DenialList {
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: call.answerBytesMax)
            return try DenialList(json: JSONValue(parsing: body, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
    }
}
