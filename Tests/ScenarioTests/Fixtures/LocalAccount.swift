/// An account as a loan-origination system puts it, member by member, so that a test can spoil each.
struct LocalAccount {
    private var members: [(name: String, json: String)]

    /// A good account of lakeside's.
    init(of subject: ScenarioSubject, number: String = "I-1") {
        members = [
            ("member", "\"lakeside\""), ("scheme", "\"cn-rid\""),
            ("identifier", "\"\(subject.identifier)\""), ("name", "\"\(subject.name)\""),
            ("accountNumber", "\"\(number)\""), ("role", "\"borrower\""),
            ("kind", "\"instalment\""), ("product", "\"consumer-loan\""), ("retail", "true"),
            ("status", "\"open\""), ("currency", "\"CNY\""), ("balance", "1500000"),
            ("daysPastDue", "0"), ("consentBasis", "\"consent\""),
            ("consentPurposes", "[\"loan-approval\"]"),
            ("consentGrantedAt", "\"2026-01-05\""), ("consentExpiresAt", "\"2099-01-05\""),
            ("noticeHeld", "true"),
        ]
    }

    /// The account with one member's value replaced or added; nil leaves the member out.
    func with(_ name: String, _ json: String?) -> LocalAccount {
        var account = self
        account.members.removeAll { $0.name == name }
        if let json { account.members.append((name, json)) }
        return account
    }

    /// The document.
    var json: String {
        "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }
}
