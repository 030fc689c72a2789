import Membership
import Pseudonym
import RiskStandard

/// Asks the whole consortium about one subject and makes one report of it.
public struct Inquirer: Sendable {
    private let context: NodeContext
    private let peers: any Peers
    private let filters: PeerFilters
    private let references: ReferenceKey
    private let sealer: (any IdentitySealer)?
    private let classes: ClassCheck

    /// Makes the asking side of a node; `sealer` seals whom a hard inquiry was about, for later.
    public init(
        context: NodeContext, peers: any Peers, filters: PeerFilters, references: ReferenceKey,
        standards: StandardLibrary, sealer: (any IdentitySealer)? = nil
    ) {
        self.context = context
        self.peers = peers
        self.filters = filters
        self.references = references
        self.sealer = sealer
        classes = ClassCheck(standards: standards)
    }

    /// Asks every node, at most `ExchangeLimits.fanOutMax` at a time, and ends by the deadline.
    ///
    /// A report that could not be completed is still a report and says so. A hard purpose is kept
    /// as an inquiry before the report is returned.
    public func report(_ request: ReportRequest) async throws(AskError) -> Report {
        let directory = context.directory.current
        let asker = try asker(of: request, in: directory)
        let input = SubjectInput(
            consortium: directory.consortium.description, identifier: request.identifier)
        let subject = SubjectKey(
            tokens: context.keys.subjectTokens(for: input, name: request.name),
            kind: request.identifier.isPersonal ? .person : .enterprise)
        let circumstances = AskCircumstances(
            purpose: request.purpose, channel: request.channel,
            operatorName: request.operatorName, caseName: request.caseName)
        let answers = await askAll(
            request, circumstances, input: input, asker: asker, directory: directory)
        let local: (answer: NodeAnswer, own: Summary?)
        let counted: Bool
        do {
            local = try await askOwnNode(
                request, circumstances, subject: subject, asker: asker, in: directory)
            counted = try await record(request, subject: subject)
        } catch {
            throw .store
        }
        return report(
            request, directory: directory, asker: asker, answers: answers + [local.answer],
            own: local.own, counted: counted)
    }

    /// Whether a question would be asked: what ``report(_:)`` refuses before anything is sent, and
    /// nothing is kept of.
    public func check(_ request: ReportRequest) throws(AskError) {
        _ = try asker(of: request, in: context.directory.current)
    }

    /// The asker checks itself first: purpose and consent before anything is sent.
    private func asker(
        of request: ReportRequest, in directory: Directory
    ) throws(AskError) -> MemberEntry {
        guard let member = directory.member(request.member), member.node == context.node else {
            throw .unknownMember
        }
        try refuseDenied(member, in: directory)
        guard member.role == .lender, member.status == .active || member.status == .trial else {
            throw .mayNotAsk
        }
        guard member.status != .trial || request.identifier.isInvented else {
            throw .inventedOnly
        }
        guard directory.charter.purposes.contains(request.purpose.rawValue) else { throw .purpose }
        if let refusal = request.consent.refusal(
            for: request.purpose.rawValue, at: context.clock.now)
        {
            throw .consent(refusal)
        }
        if directory.charter.nameCheck == .required, request.name == nil { throw .nameMissing }
        return member
    }

    /// Why nobody would answer: a regulator's denial, or the suspension of this node. When no node is
    /// active the directory has expired, and the report says so of each.
    private func refuseDenied(
        _ member: MemberEntry, in directory: Directory
    ) throws(AskError) {
        let ids = [member.id.text, context.node.text]
        let regulators = Set(ids.flatMap { directory.denials[$0, default: []] })
        guard regulators.isEmpty else { throw .denied(by: regulators.sorted()) }
        guard
            directory.node(context.node)?.status == .active
                || !directory.nodes.contains(where: { $0.status == .active })
        else { throw .nodeSuspended }
    }

    private func askAll(
        _ request: ReportRequest, _ circumstances: AskCircumstances, input: SubjectInput,
        asker: MemberEntry, directory: Directory
    ) async -> [NodeAnswer] {
        let deadline = ContinuousClock.now + request.deadline
        let inquiry = NodeInquiry(
            context: context, filters: filters,
            asking: PeerAsking(
                context: context, peers: peers, circumstances: circumstances,
                deadline: deadline),
            request: request, input: input, deadline: deadline)
        let others = directory.nodes.filter { $0.id != context.node }
            .map { ($0, lenders(of: $0.id, for: asker, in: directory)) }
            .filter { !$0.1.isEmpty }
        return await withTaskGroup(of: NodeAnswer.self) { group in
            var waiting = others.makeIterator()
            for _ in 0..<ExchangeLimits.fanOutMax {
                guard let (node, lenders) = waiting.next() else { break }
                group.addTask { await inquiry.ask(node, lenders: lenders) }
            }
            var answers: [NodeAnswer] = []
            for await answer in group {
                answers.append(answer)
                if let (node, lenders) = waiting.next() {
                    group.addTask { await inquiry.ask(node, lenders: lenders) }
                }
            }
            return answers
        }
    }

    /// The members of the asker's own node answer by the same rules, without network; what the
    /// asker holds itself needs no consent to be shown to it.
    private func askOwnNode(
        _ request: ReportRequest, _ circumstances: AskCircumstances, subject: SubjectKey,
        asker: MemberEntry, in directory: Directory
    ) async throws -> (answer: NodeAnswer, own: Summary?) {
        let now = context.clock.now
        let token = subject.tokens[0]
        let query = QueryRequest(
            member: asker.id, kid: token.kid, purpose: request.purpose.rawValue,
            queries: [
                SubjectQuery(
                    token: token.token, nameCheck: token.nameCheck, consent: request.consent)
            ])
        let disclosed = try await Disclosure(context: context, standards: classes.standards)
            .results(for: query, asker: asker, in: directory)
        let results = disclosed.results
        let days = try await context.store.bookDays()
        let lenders = lenders(of: context.node, for: asker, in: directory)
        if !lenders.isEmpty {
            try await AskRecorder(context: context, circumstances: circumstances)
                .answeredLocally(
                    query, outcomes: LogOutcomes(results), consents: disclosed.consents)
        }
        let manifest = Manifest(
            node: context.node, asOf: now, filters: [],
            members: days.map { member, day in
                ManifestMember(
                    member: member, bookAsOf: Timestamp(startOf: day), subjects: 0,
                    undisclosed: 0)
            })
        let answer = NodeAnswer(
            node: context.node, lenders: lenders, result: results[0],
            books: BookAges(manifest: manifest, charter: directory.charter, now: now))
        let records = try await context.store.records(
            kid: token.kid, tokens: [token.token], at: now)
        let own = records.first?.first { $0.member == asker.id }
        return (
            answer,
            own.flatMap { record in
                directory.charter.standardID.map {
                    Summary(own: debtors(directory).judged(record), standard: $0)
                }
            }
        )
    }

    /// The lenders of a node whose answers concern the asker; what the node says of any other is
    /// not for it to hear.
    private func lenders(
        of node: NodeID, for asker: MemberEntry, in directory: Directory
    ) -> [MemberEntry] {
        directory.lenders(servedBy: node).filter {
            $0.id != asker.id && !Directory.trialParts($0, asker)
        }
    }

    private func record(_ request: ReportRequest, subject: SubjectKey) async throws -> Bool {
        guard request.purpose.isHard else { return false }
        let reference = references.subject(
            member: request.member, scheme: request.identifier.scheme.rawValue,
            identifier: request.identifier.normalForm)
        return try await context.store.recordInquiry(
            Inquiry(
                member: request.member, subject: subject, purpose: request.purpose.rawValue,
                at: context.clock.now,
                caseDigest: request.caseName.map {
                    references.caseDigest(member: request.member, caseName: $0)
                },
                consent: HeldConsent(
                    basis: request.consent.basis, purposes: request.consent.purposes,
                    grantedAt: request.consent.grantedAt, expiresAt: request.consent.expiresAt,
                    evidenceDigest: request.consent.evidenceDigest),
                reference: reference, sealed: try sealed(request, for: reference)))
    }

    /// The subject's identity under a data key of its own; nil when the member has no rekey key.
    private func sealed(
        _ request: ReportRequest, for reference: SubjectReference
    ) throws -> SealedBytes? {
        guard let session = try sealer?.begin(for: request.member) else { return nil }
        let identity = ClearIdentity(
            scheme: request.identifier.scheme.rawValue,
            identifier: request.identifier.normalForm,
            name: request.name.map { String(decoding: $0.bytes, as: UTF8.self) })
        return SealedBytes(
            keyBox: session.keyBox, bytes: try session.seal(identity, for: reference))
    }

    private func report(
        _ request: ReportRequest, directory: Directory, asker: MemberEntry, answers: [NodeAnswer],
        own: Summary?, counted: Bool
    ) -> Report {
        let outcomes = answers.reduce(into: [MemberID: MemberOutcome]()) { all, answer in
            all.merge(answer.outcomes) { first, _ in first }
        }
        let lenders = directory.members.filter { $0.role == .lender && $0.id != asker.id }
        let members = lenders.map { lender in
            let isApart = Directory.trialParts(lender, asker)
            return MemberLine(
                member: lender.id, legalName: lender.legalName, node: lender.node,
                outcome: isApart ? .notAsked(.trial) : outcomes[lender.id] ?? .error(.partial),
                isUnwitnessed: !isApart && isUnwitnessed(lender.node))
        }
        let records = answers.flatMap(\.summaries).map { summary in
            ReceivedRecord(
                summary: summary,
                findings: classes.findings(summary, scope: directory.charter.scope),
                isStale: isStale(summary, charter: directory.charter))
        }
        var report = Report(
            at: context.clock.now, terms: ReportTerms(directory), asker: asker.id,
            purpose: request.purpose, members: members,
            nodes: directory.nodes.compactMap { node in
                let lines = members.filter { $0.node == node.id }
                guard !lines.isEmpty else { return nil }
                return NodeLine(
                    node: node.id, isOwn: node.id == context.node, outcomes: lines.map(\.outcome))
            },
            records: records.sorted { left, right in
                (right.summary.worstClass.rank, left.summary.member)
                    < (left.summary.worstClass.rank, right.summary.member)
            },
            own: own, countedInquiry: counted)
        report.standings = report.standings(classes: debtors(directory))
        return report
    }

    /// Whether a quorum of witnesses is overdue for what a node's log showed.
    private func isUnwitnessed(_ node: NodeID) -> Bool {
        context.watch.map { $0.standing(of: node) != .witnessed } ?? false
    }

    /// Judges all accounts of a subject by the terms of a directory.
    private func debtors(_ directory: Directory) -> DebtorClasses {
        DebtorClasses(standards: classes.standards, scope: directory.charter.scope)
    }

    private func isStale(_ summary: Summary, charter: Charter) -> Bool {
        guard let asOf = summary.asOf else { return false }
        return charter.intervals.isStale(
            bookAsOf: Timestamp(startOf: asOf), at: context.clock.now)
    }
}

extension RiskClass? {
    /// No account at all before the best class.
    fileprivate var rank: Int { flatMap { RiskClass.allCases.firstIndex(of: $0) } ?? -1 }
}

extension ReportTerms {
    init(_ directory: Directory) {
        self.init(
            consortium: directory.consortium, standard: directory.charter.standard,
            scope: directory.charter.scope, masking: directory.charter.masking,
            directoryVersion: directory.version)
    }
}
