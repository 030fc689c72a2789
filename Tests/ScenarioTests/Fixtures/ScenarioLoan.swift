/// One row of a book in the plain layout.
struct ScenarioLoan: Sendable {
    let subject: ScenarioSubject
    var account = "A-1"
    var daysPastDue = 0
    /// Purposes that the borrower agreed to; nil without a consent.
    var purposes: [String]? = ["loan-approval", "card-approval", "post-loan", "credit-line"]
    var consentEnds = "2099-01-05T09:00:00Z"
    /// Whether the borrower was told what is furnished.
    var noticeHeld = true
    var status = "open"
    /// What the borrower disputes; empty: nothing.
    var dispute = ""

    static let header =
        "scheme,identifier,name,accountNumber,role,kind,product,retail,status,currency,"
        + "daysPastDue,overdue,balance,consentBasis,consentPurposes,consentGrantedAt,"
        + "consentExpiresAt,noticeHeld,dispute\n"

    var row: String {
        let consent =
            purposes.map {
                "consent,\($0.joined(separator: ";")),2026-01-05T09:00:00Z,\(consentEnds)"
            } ?? ",,,"
        return "cn-rid,\(subject.identifier),\(subject.name),\(account),borrower,instalment,"
            + "consumer-loan,true,\(status),CNY,\(daysPastDue),\(daysPastDue > 0 ? "500.00" : "0"),"
            + "15000.00,\(consent),\(noticeHeld),\(dispute)\n"
    }

    /// A whole file.
    static func csv(_ loans: [ScenarioLoan]) -> String {
        header + loans.map(\.row).joined()
    }
}

extension ScenarioLoan {
    /// The books of all lenders.
    static let books: [String: [ScenarioLoan]] = [
        "harbor": [ScenarioLoan(subject: .shared)],
        "lakeside": [
            ScenarioLoan(subject: .behind, daysPastDue: 95),
            ScenarioLoan(subject: .withoutConsent, account: "A-2", purposes: nil),
        ],
        "cedar": [
            ScenarioLoan(subject: .postLoanOnly, daysPastDue: 31, purposes: ["post-loan"]),
            ScenarioLoan(
                subject: .consentEnded, account: "A-2", consentEnds: "2026-02-05T09:00:00Z"),
            ScenarioLoan(subject: .good, account: "A-3"),
        ],
        "maple": [ScenarioLoan(subject: .behind)],
        "birch": [ScenarioLoan(subject: .small)],
        "willow": [ScenarioLoan(subject: .shared, daysPastDue: 12)],
    ]
}
