import Membership
import Pseudonym
import RiskStandard

/// Decides what leaves the node: no consent, no record (the fourth promise).
///
/// The asker's consent is judged before anything is looked up, so that its refusal says nothing
/// about the subject; then every member's record by itself.
struct Disclosure: Sendable {
    private let context: NodeContext
    private let standards: StandardLibrary

    init(context: NodeContext, standards: StandardLibrary = .embedded) {
        self.context = context
        self.standards = standards
    }

    /// One result for each query of the request, in its order. Nothing rests on a consent that the log
    /// was not told of: it is told first.
    /// - Throws: `invalid-purpose`, `bad-request` (name check missing), `too-large`, `internal`;
    ///   `overloaded` where consents change faster than the log is told.
    func results(
        for request: QueryRequest, asker: MemberEntry, in directory: Directory
    ) async throws(Problem) -> DisclosedResults {
        let disclosed = try await look(for: request, asker: asker, in: directory)
        guard !disclosed.areTold else { return disclosed }
        do {
            try await BookEventRecorder(context: context).record()
        } catch {
            throw Problem(.internal, "the log did not take it")
        }
        let again = try await look(for: request, asker: asker, in: directory)
        guard again.areTold else {
            throw Problem(
                .overloaded, "the log is told of consents at this moment",
                retryAfterSeconds: ExchangeLimits.logRetryAfterSeconds)
        }
        return again
    }

    private func look(
        for request: QueryRequest, asker: MemberEntry, in directory: Directory
    ) async throws(Problem) -> DisclosedResults {
        let now = context.clock.now
        try Self.check(request, charter: directory.charter)
        let refusals = request.queries.map { $0.consent.refusal(for: request.purpose, at: now) }
        let asked = request.queries.indices.filter { refusals[$0] == nil }
        var records: [Int: [HeldRecord]] = [:]
        do {
            let found = try await context.store.records(
                kid: request.kid, tokens: asked.map { request.queries[$0].token }, at: now)
            records = Dictionary(uniqueKeysWithValues: zip(asked, found))
        } catch {
            throw Problem(.internal, "the store did not answer")
        }
        guard let standard = directory.charter.standardID else {
            throw Problem(.internal, "the charter names no standard")
        }
        guard let display = DisplayTerms(directory.charter, at: now) else {
            throw Problem(.internal, "the clock shows no day of the calendar")
        }
        let terms = Terms(
            purpose: request.purpose, standard: standard, display: display,
            classes: DebtorClasses(standards: standards, scope: directory.charter.scope))
        let mayAnswer = Set(
            directory.lenders(servedBy: context.node)
                .filter { $0.id != asker.id && Directory.exchange($0, asker) }.map(\.id))
        var disclosed = DisclosedResults()
        for index in request.queries.indices {
            if let refusal = refusals[index] {
                disclosed.add(.refused(refusal), restingOn: [])
                continue
            }
            let held = (records[index] ?? []).filter { mayAnswer.contains($0.member) }
                .map(terms.classes.judged)
                .compactMap(display.displayed)
            let (result, consents) = result(
                for: request.queries[index], held: held, terms: terms)
            disclosed.add(result, restingOn: consents)
        }
        try Self.checkSize(disclosed.results)
        if disclosed.consents.allSatisfy(\.isEmpty) { disclosed.consents = [] }
        return disclosed
    }

    private static func check(_ request: QueryRequest, charter: Charter) throws(Problem) {
        guard Purpose(rawValue: request.purpose) != nil, charter.purposes.contains(request.purpose)
        else { throw Problem(.invalidPurpose, "the charter does not know this purpose") }
        if charter.nameCheck == .required,
            let index = request.queries.firstIndex(where: { $0.nameCheck == nil })
        {
            throw Problem(.badRequest, "queries[\(index)].nameCheck is missing")
        }
    }

    private static func checkSize(_ results: [QueryResult]) throws(Problem) {
        let accounts = results.reduce(0) { sum, result in
            guard case .found(let summaries, _, _) = result else { return sum }
            return sum + summaries.reduce(0) { $0 + $1.accounts.count }
        }
        guard accounts <= ExchangeLimits.accountsPerAnswerMax else {
            throw Problem(.tooLarge, "the answer would be too large; ask about fewer subjects")
        }
    }

    /// What holds for every query of one request.
    private struct Terms {
        let purpose: String
        let standard: StandardID
        let display: DisplayTerms
        let classes: DebtorClasses
    }

    /// One result of what may be displayed of the members' records, with the consents on which its
    /// summaries rest.
    private func result(
        for query: SubjectQuery, held: [HeldRecord], terms: Terms
    ) -> (result: QueryResult, consents: [(HeldRecord, HeldConsent)]) {
        guard !held.isEmpty else { return (.none, []) }
        var consents: [(HeldRecord, HeldConsent)] = []
        var summaries: [Summary] = []
        var withheld: [WithheldRecord] = []
        for record in held {
            if let check = query.nameCheck, !record.nameChecks.isEmpty,
                !record.nameChecks.contains(check)
            {
                withheld.append(WithheldRecord(member: record.member, code: .nameMismatch))
                continue
            }
            switch record.consent(for: terms.purpose, terms: terms.display) {
            case .covered where terms.display.isHeldBack(record):
                withheld.append(WithheldRecord(member: record.member, code: .heldBack))
            case .covered(let consent):
                consents.append((record, consent))
                summaries.append(
                    terms.classes.judged(
                        Summary(displayed: record, consent: consent, standard: terms.standard)))
            case .refused(let code):
                withheld.append(WithheldRecord(member: record.member, code: code))
            }
        }
        guard summaries.isEmpty else {
            return (
                .found(summaries: summaries, withheld: withheld, isPartial: false), consents
            )
        }
        return (.refused(Self.gravest(withheld.map(\.code))), [])
    }

    /// One code for several members: the one that tells the asker what to do first.
    private static func gravest(_ codes: [RefusalCode]) -> RefusalCode {
        let order: [RefusalCode] = [
            .frozen, .nameMismatch, .consentWithdrawn, .consentExpired, .consentNotYetValid,
            .heldBack,
        ]
        return order.first(where: codes.contains) ?? codes.first ?? .refused
    }
}
