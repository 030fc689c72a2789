import Exchange
import Membership
import Pseudonym

extension Samples {
    static func evaluationRequest(
        member: String = "harbor", kid: String = "k1",
        inputs: [SubjectInput] = [input(.zhang), input(.li)]
    ) throws -> EvaluationRequest {
        EvaluationRequest(
            member: Samples.member(member), kid: kid,
            elements: try BlindingSession(inputs).elements)
    }

    static func input(_ resident: Resident) -> SubjectInput {
        SubjectInput(consortium: TestDirectory.consortium, identifier: resident.identifier)
    }

    static func queryRequest(
        member: String = "harbor", kid: String = "k1", purpose: String = "loan-approval",
        tokens: [Token] = [token(1), token(2)], nameCheck: NameCheck? = nameCheck(1),
        consent: Consent = consent()
    ) -> QueryRequest {
        QueryRequest(
            member: Samples.member(member), kid: kid, purpose: purpose,
            queries: tokens.map {
                SubjectQuery(token: $0, nameCheck: nameCheck, consent: consent)
            })
    }

    static var queryAnswer: QueryAnswer {
        QueryAnswer(
            kid: "k1", asOf: now,
            results: [
                .found(
                    summaries: [fullSummary],
                    withheld: [WithheldRecord(member: member("reed"), code: .consentExpired)],
                    isPartial: false),
                .none,
                .refused(.nameMismatch),
            ])
    }

    static var manifest: Manifest {
        Manifest(
            node: node("lakeside-node"), asOf: now,
            filters: [
                ManifestFilter(kid: "k1", count: 3, digest: bytes(1, count: 32), generated: now)
            ],
            members: [
                ManifestMember(
                    member: member("lakeside"), bookAsOf: time("2026-11-24T00:00:00Z"),
                    subjects: 3, undisclosed: 1),
                ManifestMember(
                    member: member("reed"), bookAsOf: nil, subjects: 0, undisclosed: 0),
            ])
    }
}
