import CoreMetrics
import Exchange
import HTTPTypes
import Hummingbird
import Membership
import NIOCore
import Pseudonym
import StrictJSON

/// `POST /api/v1/reports`: decode, validate, ask, render.
public struct ReportDesk: Sendable {
    private let inquirer: Inquirer
    private let context: NodeContext
    private let meter: ReportMeter

    /// Makes the desk of a node; reports are counted in `metrics`.
    public init(
        inquirer: Inquirer, context: NodeContext,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) {
        self.inquirer = inquirer
        self.context = context
        meter = ReportMeter(factory: metrics)
    }

    func answer(_ request: Request, for scope: AccessScope) async throws -> Response {
        guard MediaType.isJSON(request.headers[.contentType]) else {
            throw LocalProblem(.unsupportedMediaType, "media-type", "send application/json")
        }
        let body = try await request.body.collect(upTo: LocalAPIServer.requestBytesMax)
        let question = try decode(body.readableBytesView)
        try scope.check(question.member)
        let evidence = RecordedEvidence(question.evidence)
        let asked = try reportRequest(question, evidence)
        do {
            // Nothing is kept in a member's name of what would not be asked.
            try inquirer.check(asked)
            try await keep(evidence, of: question.member)
            let report = try await inquirer.report(asked)
            meter.count(report)
            return render(report, for: request)
        } catch {
            throw LocalProblem(error)
        }
    }

    private func decode(
        _ bytes: some Collection<UInt8>
    ) throws(LocalProblem) -> ReportQuestion {
        do throws(JSONError) {
            let limits = JSONLimits(
                documentBytesMax: LocalAPIServer.requestBytesMax,
                stringBytesMax: ExchangeLimits.evidenceBytesMax * 4 / 3 + 4)
            return try ReportQuestion(json: JSONValue(parsing: bytes, limits: limits))
        } catch {
            throw LocalProblem(error)
        }
    }

    /// Identifier, name and consent in the forms of the exchange.
    private func reportRequest(
        _ question: ReportQuestion, _ evidence: RecordedEvidence
    ) throws(LocalProblem) -> ReportRequest {
        let charter = context.directory.current.charter
        let identifier = try identifier(question, charter: charter)
        var name: SubjectName?
        if let text = question.name {
            name = SubjectName(text)
            guard name != nil else {
                throw LocalProblem(
                    .unprocessableContent, "invalid-name", "the name is empty or too long")
            }
        }
        guard let purpose = Purpose(rawValue: question.purpose) else {
            throw LocalProblem(AskError.purpose)
        }
        return ReportRequest(
            member: question.member, identifier: identifier, name: name, purpose: purpose,
            consent: Self.consent(question, evidence), caseName: question.caseName,
            channel: question.channel, operatorName: question.operatorName,
            deadline: question.deadline ?? ExchangeLimits.reportDeadline)
    }

    private func identifier(
        _ question: ReportQuestion, charter: Charter
    ) throws(LocalProblem) -> Identifier {
        guard let schemes = try? SchemeRegistry(charter: charter.schemePatterns) else {
            throw LocalProblem(
                .internalServerError, "internal", "the charter's schemes cannot be read")
        }
        do {
            return try schemes.identifier(question.identifier, scheme: question.scheme)
        } catch {
            throw LocalProblem(.unprocessableContent, "invalid-identifier", error.rule)
        }
    }

    private static func consent(
        _ question: ReportQuestion, _ evidence: RecordedEvidence
    ) -> Consent {
        Consent(
            basis: question.basis, purposes: question.purposes, reference: evidence.reference,
            grantedAt: question.grantedAt, expiresAt: question.expiresAt,
            evidenceDigest: evidence.digest)
    }

    /// The salt must be on the disk before the digest goes anywhere.
    private func keep(
        _ evidence: RecordedEvidence, of member: MemberID
    ) async throws(AskError) {
        do {
            try await context.store.recordConsentEvidence(
                ConsentEvidence(
                    member: member, reference: evidence.reference, digest: evidence.digest,
                    salt: evidence.salt, at: context.clock.now))
        } catch {
            throw .store
        }
    }

    private func render(_ report: Report, for request: Request) -> Response {
        var headers = HTTPFields()
        if let name = HTTPField.Name("Creditmesh-Complete") {
            headers[name] = report.isComplete ? "true" : "false"
        }
        if request.headers[.accept]?.hasPrefix("text/plain") == true {
            let isChinese = request.headers[.acceptLanguage]?.hasPrefix("zh") == true
            let text = ReportText.render(report, language: isChinese ? .chinese : .english)
            headers[.contentType] = "text/plain;charset=utf-8"
            return Response(
                status: .ok, headers: headers,
                body: .init(byteBuffer: ByteBuffer(string: text)))
        }
        headers[.contentType] = "application/json"
        return Response(
            status: .ok, headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: report.json.encoded)))
    }
}

extension LocalProblem {
    /// What an analyst's client is told.
    init(_ error: AskError) {
        switch error {
        case .unknownMember:
            self.init(.forbidden, "unknown-member", "this node does not serve that member")
        case .mayNotAsk:
            self.init(.forbidden, "suspended", "the member is no active lender")
        case .denied(let regulators):
            self.init(
                .forbidden, "suspended",
                "denied by \(regulators.map(\.text).joined(separator: ", ")): no node answers this "
                    + "member until the regulator lifts the denial")
        case .nodeSuspended:
            self.init(
                .forbidden, "suspended",
                "the officers suspended this node, or it has withdrawn: no node answers it")
        case .inventedOnly:
            self.init(
                .unprocessableContent, "invented-only",
                "a member on trial asks about invented subjects only; nothing was asked")
        case .purpose:
            self.init(
                .unprocessableContent, "invalid-purpose", "the charter does not know this purpose")
        case .consent(let code):
            self.init(
                .unprocessableContent, code.rawValue,
                "your own consent does not cover this question; nothing was asked")
        case .nameMissing:
            self.init(
                .unprocessableContent, "name-required", "the charter requires the subject's name")
        case .store:
            self.init(
                .internalServerError, "internal", "the store did not answer; see the node's log")
        }
    }
}
