import Exchange
import Membership
import Pseudonym
import RiskStandard
import TestSupport

/// `harbor` on `harbor-node` asks the other nodes of a directory, which answer honestly from stores
/// of their own until a test scripts them otherwise.
struct AskScene: Sendable {
    let directory: ManualDirectory
    let clock = ManualClock(Samples.now)
    let peers = ScriptedPeers()
    let own: TestNode
    /// The other nodes by id, with what keeps their filters.
    let others: [String: Other]
    let filters: PeerFilters
    let inquirer: Inquirer

    struct Other: Sendable {
        let node: TestNode
        let publisher: FilterPublisher
    }

    /// A scene in which every node has one key `k1`, listed in the directory.
    init(_ template: TestDirectory = TestDirectory()) async throws {
        var template = template
        var keys: [String: PseudonymKey] = [:]
        for (index, node) in template.nodes.enumerated() {
            keys[node.id] = try TestNode.key(seed: UInt8(index + 1))
        }
        for (id, key) in keys { template = template.listing([key], of: id) }
        directory = ManualDirectory(try template.directory())
        var others: [String: Other] = [:]
        var own: TestNode?
        for (id, key) in keys {
            let node = try TestNode(id, keys: [key], directory: directory, clock: clock)
            if id == "harbor-node" {
                own = node
            } else {
                others[id] = Other(node: node, publisher: FilterPublisher(context: node.context))
            }
        }
        guard let own, let references = ReferenceKey(bytes: 0..<32) else {
            throw AskSceneError.noOwnNode
        }
        self.own = own
        self.others = others
        filters = PeerFilters(context: own.context, peers: peers)
        inquirer = Inquirer(
            context: own.context, peers: peers, filters: filters, references: references,
            standards: .embedded)
        for id in others.keys { try await publish(id) }
    }

    /// Has a node renew its filters, all in one unless told, and answer honestly from now on.
    func publish(_ id: String = "lakeside-node", rebuild: Bool = true) async throws {
        guard let other = others[id],
            let node = directory.current.node(own.context.node),
            let asker = directory.current.members(servedBy: node.id).first
        else {
            throw AskSceneError.noSuchNode
        }
        try await other.publisher.refresh(rebuild: rebuild)
        let answerer = Answerer(
            context: other.node.context, publisher: other.publisher, version: "0.0-test")
        peers.set(
            ScriptedPeers.Script(
                honest: answerer, caller: Caller(node: node, member: asker)), for: id)
    }

    /// Puts accounts into a member's book and publishes them. Members of `harbor-node` hold theirs
    /// there.
    func hold(
        _ resident: Samples.Resident, by member: String,
        accounts: [HeldAccount] = [Samples.heldAccount(1)],
        consents: [HeldConsent] = [Samples.heldConsent(Purpose.allCases.map(\.rawValue))],
        rebuild: Bool = true
    ) async throws {
        guard let entry = directory.current.member(Samples.member(member)) else {
            throw AskSceneError.noSuchNode
        }
        let node = others[entry.node.text]?.node ?? own
        try node.hold(resident, by: member, accounts: accounts, consents: consents)
        if node !== own { try await publish(entry.node.text, rebuild: rebuild) }
    }

    /// The honest manifest of a node.
    func manifest(of id: String = "lakeside-node") async throws -> Manifest {
        guard let manifest = await others[id]?.publisher.manifest else {
            throw AskSceneError.noSuchNode
        }
        return manifest
    }

    func request(
        about resident: Samples.Resident = .zhang, purpose: Purpose = .loanApproval,
        as member: String = "harbor", name: SubjectName? = nil, hasName: Bool = true,
        consent: Consent = Samples.consent(Purpose.allCases.map(\.rawValue)),
        caseName: String? = nil, deadline: Duration = ExchangeLimits.reportDeadline
    ) -> ReportRequest {
        ReportRequest(
            member: Samples.member(member), identifier: resident.identifier,
            name: hasName ? name ?? Samples.name(resident.name) : nil, purpose: purpose,
            consent: consent, caseName: caseName, deadline: deadline)
    }

    func report(
        about resident: Samples.Resident = .zhang, purpose: Purpose = .loanApproval
    ) async throws -> Report {
        try await inquirer.report(request(about: resident, purpose: purpose))
    }
}

/// The test asks for something that cannot be.
enum AskSceneError: Error {
    case noOwnNode
    case noSuchNode
}

extension Report {
    /// How each lender stands, in words: `error malformed-answer`.
    var words: [String: String] {
        Dictionary(
            uniqueKeysWithValues: members.map { line in
                let parts = [line.outcome.word, line.outcome.code].compactMap(\.self)
                return (line.member.text, parts.joined(separator: " "))
            })
    }

    /// How one lender stands.
    func outcome(of member: String) -> MemberOutcome? {
        members.first { $0.member.text == member }?.outcome
    }
}
