import Exchange
import Membership
import Pseudonym
import Testing

extension ScenarioConsortium {
    /// A member asks everybody about a subject, through its own node.
    func ask(
        about subject: ScenarioSubject, as member: String = "harbor", name: String? = nil,
        purpose: Purpose = .loanApproval, caseName: String? = nil,
        deadline: Duration = .seconds(30)
    ) async throws -> Report {
        let asker = try entry(ofMember: member)
        return try await node(asker.node.description).parts.inquirer.report(
            ReportRequest(
                member: asker.id, identifier: try identifier(of: subject),
                name: SubjectName(name ?? subject.name), purpose: purpose,
                consent: consent(to: [purpose.rawValue]), caseName: caseName, deadline: deadline))
    }

    /// The subject's number, checked.
    func identifier(of subject: ScenarioSubject) throws -> Identifier {
        try SchemeRegistry(charter: site.directory.charter.schemePatterns)
            .identifier(subject.identifier, scheme: "cn-rid")
    }

    /// A consent of the asker's that holds for a year around now.
    func consent(to purposes: [String]) -> Consent {
        let half: Int64 = 183 * Timestamp.secondsPerDay
        return Consent(
            basis: .consent, purposes: purposes, reference: [UInt8](repeating: 1, count: 16),
            grantedAt: clock.now.advanced(bySeconds: -half),
            expiresAt: clock.now.advanced(bySeconds: half),
            evidenceDigest: [UInt8](repeating: 2, count: 32))
    }
}

extension Report {
    /// How each lender stands: the word, and the code where there is one.
    var story: [String: String] {
        Dictionary(
            uniqueKeysWithValues: members.map { line in
                let words = [line.outcome.word, line.outcome.code].compactMap(\.self)
                return (line.member.description, words.joined(separator: " "))
            })
    }
}

extension ScenarioConsortium {
    /// A subject's token under a node's key, base64url.
    func token(of subject: ScenarioSubject, at node: String) throws -> String {
        let input = SubjectInput(
            consortium: site.directory.consortium.description,
            identifier: try identifier(of: subject))
        let tokens = try self.node(node).parts.offline.keys.ring
            .subjectTokens(for: input, name: SubjectName(subject.name))
        return Base64URL.encode(try #require(tokens.first).token.bytes)
    }
}
