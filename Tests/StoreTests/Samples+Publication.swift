import Book
import Exchange
import Membership

extension Samples {
    /// A statement of lakeside's; equal calls give equal ones.
    static func publication() -> Publication {
        Publication(
            consortium: consortium, directoryVersion: 7, node: node, member: lakeside,
            publishedAt: now, standard: "cn-2023@1", scope: .fullFile, asOf: date("2026-10-31"),
            isComplete: true,
            parts: [
                PublishedPart(
                    name: "main", asOf: date("2026-10-31"), accounts: 1, rejects: ["date": 1])
            ],
            subjects: PublishedSubjects(count: 2, withheld: [.consentPurpose: 1]),
            hiddenAccounts: 0,
            totals: [ClassTotal(riskClass: .loss, currency: "CNY", accounts: 1, balance: 5)],
            filters: [])
    }

    private static let consortium: ConsortiumID = {
        guard let id = ConsortiumID("test.creditmesh") else {
            preconditionFailure("a consortium's id")
        }
        return id
    }()
}
