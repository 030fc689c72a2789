import Crypto
import Membership
import Synchronization

/// The tokens that open the local API of a node now: its operator's, and each member's own. They
/// change while the node serves.
public final class AccessTokens: Sendable {
    private typealias Opening = (digest: SHA256.Digest, scope: AccessScope)

    private let openings = Mutex<[Opening]>([])

    /// Tokens, of which none opens anything yet.
    public init() {}

    /// Lets these in, and no others.
    ///
    /// - Parameters:
    ///   - nodeOperator: the operator's. Where the node serves one member, it stands for that one too:
    ///     there is nobody else whose data it could reach.
    ///   - members: each member's own.
    ///   - served: the members of the node.
    public func replace(
        nodeOperator: AccessToken, members: [MemberID: AccessToken], served: [MemberID]
    ) {
        let sole = served.count == 1 ? served.first : nil
        let all: [Opening] =
            [(nodeOperator.digest, .nodeOperator(soleMember: sole))]
            + members.map { ($0.value.digest, .member($0.key)) }
        openings.withLock { $0 = all }
    }

    /// For whom an `Authorization` field stands. Every token's digest is compared, each in constant
    /// time, so that the time it takes tells nothing of a token.
    func scope(of authorization: String?) -> AccessScope {
        guard let authorization, authorization.hasPrefix("Bearer ") else { return .nobody }
        let sent = SHA256.hash(data: Array(authorization.dropFirst(7).utf8))
        return openings.withLock { openings in
            openings.reduce(.nobody) { found, opening in
                opening.digest == sent ? opening.scope : found
            }
        }
    }
}

/// For whom a request's token stands.
enum AccessScope: Sendable, Equatable {
    /// Nobody: nothing is answered.
    case nobody
    /// The node's operator; of a node with one member, that one too.
    case nodeOperator(soleMember: MemberID?)
    /// One member.
    case member(MemberID)

    /// The member for which it stands, if it is one.
    var member: MemberID? {
        switch self {
        case .member(let member): member
        case .nodeOperator(let sole): sole
        case .nobody: nil
        }
    }

    /// Refuses what is the operator's to a member.
    ///
    /// - Throws: `LocalProblem` `operator-token`.
    func check(_ audience: LocalRoute.Audience) throws(LocalProblem) {
        switch (self, audience) {
        case (.nodeOperator, .nodeOperator), (.member, .member): return
        case (.nodeOperator(let sole), .member):
            guard sole == nil else { return }
            throw LocalProblem(
                .forbidden, "member-token",
                "this is for a member's own token: local-api/members/<id> of the node's home")
        case (.member, .nodeOperator):
            throw LocalProblem(
                .forbidden, "operator-token",
                "this is for the token of the node's operator, not for a member's")
        case (.nobody, _): throw Self.unopened
        }
    }

    /// Refuses what is another member's, as if this node did not serve that one.
    ///
    /// - Throws: `LocalProblem` `unknown-member`.
    func check(_ member: MemberID) throws(LocalProblem) {
        guard self.member == member else {
            throw LocalProblem(
                .forbidden, "unknown-member",
                "this node does not serve that member, or the token is not that member's")
        }
    }

    /// What nobody is told.
    static var unopened: LocalProblem {
        LocalProblem(
            .unauthorized, "token", "send a token of the node's home: Authorization: Bearer …")
    }
}
