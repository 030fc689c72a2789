import Exchange
import Foundation
import StrictJSON

/// One question of the demo: who is asked about, what it shows, and what the report must say.
struct DemoStory: Sendable {
    let title: String
    let shows: String
    let subject: DemoSubject
    let typedName: String?
    let purpose: String
    /// Outcomes that the report must have, by lender; lenders not named must be `no-record`.
    let outcomes: [String: String]
    let isComplete: Bool
    let worstClass: String?
    /// Class and rule that the asker's own account must have with everyone's facts; nil where it
    /// holds none or where that does not matter.
    let ownMust: String?
    /// The node that is stopped before.
    let stopped: String?

    init(
        title: String, shows: String, subject: DemoSubject, typedName: String? = nil,
        purpose: String = "loan-approval", outcomes: [String: String] = [:],
        isComplete: Bool = true, worstClass: String? = nil, ownMust: String? = nil,
        stopped: String? = nil
    ) {
        self.title = title
        self.shows = shows
        self.subject = subject
        self.typedName = typedName ?? subject.name
        self.purpose = purpose
        self.outcomes = outcomes
        self.isComplete = isComplete
        self.worstClass = worstClass
        self.ownMust = ownMust
        self.stopped = stopped
    }

    /// The questions over the invented sample. The asking lender is harbor.
    static let sample: [DemoStory] = [
        DemoStory(
            title: "A borrower with records at two lenders",
            shows: "Clean at maple, 95 days behind at lakeside: one report, substandard by 11(1).",
            subject: .behindElsewhere, outcomes: ["lakeside": "record", "maple": "record"],
            worstClass: "substandard"),
        DemoStory(
            title: "A borrower whom nobody knows",
            shows: "Every lender says no-record; no query was sent to anyone, filters decided.",
            subject: .unknown),
        DemoStory(
            title: "A borrower whose consent does not cover the purpose",
            shows: "cedar holds a record and refuses: its borrower consented to post-loan only.",
            subject: .postLoanOnly, outcomes: ["cedar": "refused"], isComplete: false),
        DemoStory(
            title: "A mistyped identifier that belongs to somebody else",
            shows:
                "The check digit passes, the name does not: refused, not another person's record. "
                + "A refusal names no lender, so all of guild's are refused.",
            subject: .other, typedName: "张打错",
            outcomes: ["maple": "refused", "birch": "refused", "willow": "refused"],
            isComplete: false),
        DemoStory(
            title: "A borrower known to the asker, with a disputed account elsewhere",
            shows: "Own record beside the others; the worst class with and without the dispute.",
            subject: .disputed, outcomes: ["willow": "record"], worstClass: "special-mention"),
        DemoStory(
            title: "An enterprise, amounts exact",
            shows: "92 days past due at cedar: substandard there, whatever lakeside sees.",
            subject: .enterprise, purpose: "credit-line",
            outcomes: ["lakeside": "record", "cedar": "record"], worstClass: "substandard"),
        DemoStory(
            title: "A borrower in arrears who was not told before they are furnished",
            shows: "cedar holds it back (征信业管理条例, article 15); it is never silently left out.",
            subject: .notTold, outcomes: ["cedar": "refused"], isComplete: false),
        DemoStory(
            title: "An enterprise that only the rule across lenders reveals",
            shows:
                "Current at harbor. Elsewhere 21 % of all it owes is over 90 days past due, no lender "
                + "sees more than its part: harbor's loan must be substandard by 11(4).",
            subject: .spreadDebt, purpose: "credit-line",
            outcomes: ["lakeside": "record", "cedar": "record"], worstClass: "substandard",
            ownMust: "substandard cn-2023/11.4"),
        DemoStory(
            title: "A restructured loan under observation",
            shows:
                "Six payments on time since, and still special mention by 21: the observation lasts "
                + "a year from the first payment date.",
            subject: .restructured, outcomes: ["maple": "record"], worstClass: "special-mention"),
        DemoStory(
            title: "An enterprise whose loan was cured",
            shows:
                "Substandard until 20 September; arrears cleared six months and seven payments ago, "
                + "judged able: normal again by article 14.",
            subject: .cured, purpose: "credit-line", outcomes: ["cedar": "record"],
            worstClass: "normal"),
        DemoStory(
            title: "A borrower asked about while a node is down",
            shows: "cedar's node is stopped: the report says INCOMPLETE, and 'at least'.",
            subject: .current, outcomes: ["lakeside": "record", "cedar": "error"],
            isComplete: false, worstClass: "normal", stopped: "cedar-node"),
    ]

    /// What is wrong with a report of this story; empty when it shows what it should.
    func failures(in report: JSONValue) -> [String] {
        guard case .object(let members) = report else { return ["no report"] }
        let values = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        var failures: [String] = []
        if values["complete"]?.bool != isComplete {
            failures.append("complete is not \(isComplete)")
        }
        for line in values["members"]?.elements ?? [] {
            guard var reader = try? JSONObjectReader(line),
                let member = reader.optional("member")?.text,
                let outcome = reader.optional("outcome")?.text
            else {
                failures.append("a lender's line cannot be read")
                continue
            }
            let expected = outcomes[member] ?? "no-record"
            if outcome != expected { failures.append("\(member) is \(outcome), not \(expected)") }
        }
        var worst: String?
        if let verdict = values["worst"], var reader = try? JSONObjectReader(verdict) {
            worst = reader.optional("class")?.text
        }
        if worst != worstClass {
            failures.append("worst class is \(worst ?? "none"), not \(worstClass ?? "none")")
        }
        return failures + ownFailures(in: values["ownStandings"]?.elements ?? [])
    }

    /// What is wrong with what the report says of the asker's own account.
    private func ownFailures(in standings: [JSONValue]) -> [String] {
        guard let ownMust else { return [] }
        let found = standings.compactMap { standing -> String? in
            guard var reader = try? JSONObjectReader(standing),
                let derivation = reader.optional("derivation"),
                var result = try? JSONObjectReader(derivation),
                let riskClass = result.optional("class")?.text,
                let rule = result.optional("decidedBy")?.text
            else { return nil }
            return "\(riskClass) \(rule)"
        }
        return found == [ownMust]
            ? [] : ["the own account must be \(found), not \(ownMust)"]
    }
}
