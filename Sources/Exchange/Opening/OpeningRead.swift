import HTTPSignatures
import Membership
import TransparencyLog

/// That a regulator reads evidence to open an evaluation, and by what authority: the log commits to
/// that, and keeps the request that the regulator signed.
public struct OpeningRead: Sendable {
    private let authority: AuthorityReference
    private let request: SignedRequest

    /// A reading that was asked for by a signed request.
    public init(by authority: AuthorityReference, request: SignedRequest) {
        self.authority = authority
        self.request = request
    }

    /// Puts the commitment into an entry; returns what lies beside it, nil when there is no salt to
    /// be had.
    func describe(_ entry: inout LogEntry, until end: Timestamp) -> Evidence? {
        guard let salt = CommitmentSalt.fresh(1).first else { return nil }
        entry.caseCommitment = Commitment(to: Array(authority.text.utf8), salt: salt)
        entry.retainUntil = end
        return Evidence(request: RequestEvidence(request, body: []), salts: [salt])
    }
}

extension ServedEvidence {
    /// The own member that asked, where the entry is that of an evaluation that is about to leave.
    var asker: MemberID? {
        guard let entry = try? LogEntry(bytes: entry), entry.type == .evaluationAsked else {
            return nil
        }
        return entry.member
    }

    /// The same without what opens it.
    var withoutBoxes: ServedEvidence {
        var bare = evidence
        bare.boxes = []
        return ServedEvidence(index: index, entry: entry, evidence: bare)
    }
}
