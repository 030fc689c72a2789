import Exchange
import Membership
import StrictJSON

/// Whether another node answers this one.
extension PeerClient {
    /// Asks a node who it is (`GET /v1/node`), over a connection on which both sides showed their
    /// certificates: an answer says that it takes this node for one of the directory.
    ///
    /// - Returns: the version of its software.
    /// - Throws: `PeerFailure.refused(.unknownNode)` while its directory does not list this node yet.
    public func meet(
        _ node: NodeEntry, as member: MemberID, deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> String {
        let call = PeerCall(get: .node, answerBytesMax: PeerHTTPLimits.problemBytesMax)
        let request = try sign(call, to: node, as: member)
        let answer = try await connections.send(call, request, to: node, deadline: deadline)
        if case .refusal(let code) = answer.content { throw .refused(code) }
        let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.problemBytesMax)
        guard let value = try? JSONValue(parsing: answer.body, limits: limits),
            var fields = try? JSONObjectReader(value),
            fields.optional("node")?.text == node.id.text
        else { throw .malformed("who the node is") }
        return fields.optional("version")?.text ?? ""
    }

    /// Asks a node whether it reaches this one (`GET /v1/reachability`); only of one whose entry lists
    /// `reachability`.
    public func reachability(
        of own: NodeID, from node: NodeEntry, as member: MemberID,
        deadline: ContinuousClock.Instant
    ) async throws(PeerFailure) -> Reachability {
        let call = PeerCall(get: .reachability, answerBytesMax: PeerHTTPLimits.problemBytesMax)
        let body = try await signed(call, of: node, as: member, deadline: deadline)
        let answer: Reachability
        do throws(JSONError) {
            let limits = JSONLimits(documentBytesMax: PeerHTTPLimits.problemBytesMax)
            answer = try Reachability(json: JSONValue(parsing: body, limits: limits))
        } catch {
            throw .malformed(error.description)
        }
        guard answer.node == own else { throw .malformed("whom the node reaches") }
        return answer
    }
}
