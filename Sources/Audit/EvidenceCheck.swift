import Exchange
import HTTPSignatures
import Membership
import Pseudonym
import StrictJSON
import TransparencyLog

/// Checks what lies beside an entry against the entry and the parties' signatures.
struct EvidenceCheck: Sendable {
    let keys: PartyKeys

    /// What is wrong with the evidence of an entry; nothing when all of it holds.
    ///
    /// - Parameter asked: the request that lies beside the asker's first entry, for its second, which
    ///   has the answer alone.
    func faults(
        of evidence: Evidence, beside entry: LogEntry, asked: RequestEvidence?
    ) -> [AuditFinding.Code] {
        if entry.type == .auditRead { return readFaults(of: evidence, beside: entry) }
        if entry.type.hasItems { return Self.itemFaults(of: evidence, beside: entry) }
        // Among the members of one node no message goes anywhere.
        guard let parties = ExchangeParties(of: entry), entry.request != nil || !entry.isLocal
        else { return [] }
        guard let request = evidence.request ?? asked else { return [.evidenceMalformed] }
        var faults: [AuditFinding.Code] = []
        let signed = verified(request, by: parties.member)
        if signed == nil { faults.append(.requestUnsigned) }
        if let signed, MerkleHash(bytes: signed.base.digest) != entry.request {
            faults.append(.requestDiffers)
        }
        faults += answerFaults(evidence.answer, to: signed, beside: entry, of: parties)
        if !itemsFit(request, evidence.salts, entry) { faults.append(.itemsDiffer) }
        return faults
    }

    /// What a regulator asked for to open an evaluation: signed by it, and by the authority to which
    /// the entry commits.
    private func readFaults(
        of evidence: Evidence, beside entry: LogEntry
    ) -> [AuditFinding.Code] {
        guard let request = evidence.request, let member = entry.peerMember,
            let target = entry.target, let salt = evidence.salts.first,
            let mark = request.targetURI.firstRange(of: "\(target)?authority="),
            let authority = AuthorityReference(
                encoded: String(request.targetURI[mark.upperBound...]))
        else { return [.evidenceMalformed] }
        var faults: [AuditFinding.Code] = []
        if verified(request, by: member) == nil { faults.append(.requestUnsigned) }
        if Commitment(to: Array(authority.text.utf8), salt: salt) != entry.caseCommitment {
            faults.append(.itemsDiffer)
        }
        return faults
    }

    /// Whether an entry of a lender's own book commits to the values that lie beside it.
    static func itemFaults(
        of evidence: Evidence, beside entry: LogEntry
    ) -> [AuditFinding.Code] {
        let (items, salts) = (evidence.items, evidence.salts)
        let isWhole = !items.isEmpty && items.count == salts.count && items.count == entry.count
        let commitments = zip(items, salts).map { Commitment(to: $0, salt: $1) }
        return isWhole && Commitment.itemsRoot(commitments) == entry.itemsRoot
            ? [] : [.itemsDiffer]
    }

    private func answerFaults(
        _ answer: AnswerEvidence?, to request: SignedRequest?, beside entry: LogEntry,
        of parties: ExchangeParties
    ) -> [AuditFinding.Code] {
        guard let answer else { return entry.isAnswered ? [.evidenceMalformed] : [] }
        guard let request else { return [] }
        guard let signed = verified(answer, to: request, by: parties.answerer) else {
            // What cannot be believed, the asker's entry calls invalid itself.
            return entry.isAnswered ? [.answerUnsigned] : []
        }
        guard entry.response != nil || entry.isAnswered else { return [] }
        return MerkleHash(bytes: signed.base.digest) == entry.response ? [] : [.answerDiffers]
    }

    /// The request, when the member signed it, with its content.
    private func verified(_ request: RequestEvidence, by member: MemberID) -> SignedRequest? {
        guard let method = RequestMessage.Method(rawValue: request.method),
            let target = TargetURI(whole: request.targetURI),
            let signature = try? RequestSignature(
                of: RequestMessage(method: method, target: target, fields: request.headers)),
            let key = keys.request(signature.keyID, of: member),
            let verified = try? signature.verified(by: key),
            (try? verified.check(
                content: ContentDigest(of: request.body), at: verified.created)) != nil
        else { return nil }
        return verified.signed
    }

    /// The answer, when the node signed it for the request, with its content.
    private func verified(
        _ answer: AnswerEvidence, to request: SignedRequest, by node: NodeID
    ) -> SignedAnswer? {
        guard let message = AnswerMessage(status: answer.status, fields: answer.headers),
            let signature = try? AnswerSignature(of: message, to: request),
            let key = keys.answer(signature.keyID, of: node),
            let verified = try? signature.verified(
                by: key, content: ContentDigest(of: answer.body))
        else { return nil }
        return verified.signed
    }

    /// Whether the entry commits to what the request asks.
    private func itemsFit(
        _ request: RequestEvidence, _ salts: [CommitmentSalt], _ entry: LogEntry
    ) -> Bool {
        guard let root = entry.itemsRoot else {
            // A request that could not be read has no items; the asker's first entry has them.
            return entry.count == nil || entry.isEnd
        }
        guard let items = RequestItems(of: request.body), items.values.count == entry.count,
            salts.count >= items.values.count
        else { return false }
        let commitments = zip(items.values, salts).map { Commitment(to: $0, salt: $1) }
        return Commitment.itemsRoot(commitments) == root
    }
}

extension TargetURI {
    /// A target from its whole text; nil for any other spelling.
    fileprivate init?(whole text: String) {
        let scheme = "https://"
        guard text.hasPrefix(scheme), let slash = text.dropFirst(scheme.count).firstIndex(of: "/")
        else { return nil }
        self.init(endpoint: String(text[..<slash]), rawTarget: String(text[slash...]))
        guard self.text == text else { return nil }
    }
}

/// What a request asks, one value an item: each element of an evaluation, each token with the reference
/// of its consent.
struct RequestItems {
    /// The items.
    let values: [[UInt8]]

    /// The items of a request's content; nil when it has none.
    init?(of body: [UInt8]) {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)
        guard let json = try? JSONValue(parsing: body, limits: limits),
            var reader = try? JSONObjectReader(json)
        else { return nil }
        if let elements = reader.optional("elements")?.elements {
            values = elements.compactMap { $0.bytes(count: 32) }
            guard values.count == elements.count else { return nil }
        } else if let queries = reader.optional("queries")?.elements {
            values = queries.compactMap(Self.query)
            guard values.count == queries.count else { return nil }
        } else {
            return nil
        }
    }

    private static func query(_ json: JSONValue) -> [UInt8]? {
        guard var reader = try? JSONObjectReader(json),
            let token = reader.optional("token")?.bytes(count: 32),
            let consent = reader.optional("consent"),
            var consentReader = try? JSONObjectReader(consent),
            let reference = consentReader.optional("reference")?.bytes(count: 16)
        else { return nil }
        return token + reference
    }
}
