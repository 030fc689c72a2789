import Exchange
import Membership
import Pseudonym
import TestSupport

/// `lakeside-node` with its store, asked by `harbor` through `harbor-node`.
struct AnswerScene: Sendable {
    let node: TestNode
    let directory: ManualDirectory
    let clock = ManualClock(Samples.now)
    let publisher: FilterPublisher
    let answerer: Answerer

    init(
        _ directory: TestDirectory = TestDirectory(), keys: [PseudonymKey]? = nil
    ) throws {
        self.directory = ManualDirectory(try directory.directory())
        node = try TestNode(
            "lakeside-node", keys: keys ?? [TestNode.key()], directory: self.directory,
            clock: clock)
        publisher = FilterPublisher(context: node.context)
        answerer = Answerer(context: node.context, publisher: publisher, version: "0.0-test")
    }

    /// A node's entry in the directory.
    func entry(_ id: String) throws -> NodeEntry {
        guard let entry = directory.current.node(Samples.node(id)) else {
            throw AnswerSceneError.noSuchNode
        }
        return entry
    }

    /// A node that calls, with the member that signed; nobody of the directory, when it is none.
    func caller(_ node: String = "harbor-node", as member: String = "harbor") throws -> Caller {
        let id = Samples.member(member)
        return Caller(
            node: try entry(node),
            member: directory.current.member(id)
                ?? MemberEntry(
                    id: id, legalName: "nobody", node: Samples.node(node), role: .lender))
    }

    func query(
        _ resident: Samples.Resident, name: SubjectName? = nil, hasName: Bool = true,
        consent: Consent = Samples.consent()
    ) -> SubjectQuery {
        let output = node.context.keys.current.secret.output(for: Samples.input(resident))
        let name = name ?? Samples.name(resident.name)
        return SubjectQuery(
            token: output.token, nameCheck: hasName ? output.nameCheck(name) : nil,
            consent: consent)
    }

    /// Asks as a member of a node.
    func ask(
        _ queries: [SubjectQuery], purpose: String = "loan-approval", as member: String = "harbor",
        from caller: String = "harbor-node", kid: String = "k1"
    ) async throws -> [QueryResult] {
        try await answerer.query(
            QueryRequest(
                member: Samples.member(member), kid: kid, purpose: purpose, queries: queries),
            from: self.caller(caller, as: member)
        ).results
    }

    /// Asks about residents by their true names.
    func ask(
        _ residents: [Samples.Resident], purpose: String = "loan-approval",
        consent: Consent = Samples.consent(), as member: String = "harbor",
        from caller: String = "harbor-node"
    ) async throws -> [QueryResult] {
        try await ask(
            residents.map { query($0, consent: consent) }, purpose: purpose, as: member,
            from: caller)
    }
}

/// The test asks for something that cannot be.
enum AnswerSceneError: Error {
    case noSuchNode
}

extension QueryResult {
    /// Who discloses, in the answer's order.
    var members: [String] { summaries.map(\.member.description) }

    /// What is disclosed.
    var summaries: [Summary] {
        if case .found(let summaries, _, _) = self { summaries } else { [] }
    }

    /// Who holds something and does not disclose it, and why.
    var withheld: [String: RefusalCode] {
        guard case .found(_, let withheld, _) = self else { return [:] }
        return Dictionary(uniqueKeysWithValues: withheld.map { ($0.member.description, $0.code) })
    }
}
