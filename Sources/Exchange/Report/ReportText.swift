import Book
import Membership
import RiskStandard

/// Writes a report for people: at most 80 columns, completeness in the first line.
public struct ReportText {
    /// Columns of a line.
    public static let columns = 80
    private static let labelColumns = 30

    let report: Report
    let words: ReportWords
    let derivations: DerivationText?
    private var lines: [String] = []

    /// The report as text that ends with a line break.
    public static func render(_ report: Report, language: ReportLanguage) -> String {
        var text = ReportText(report: report, language: language)
        text.writeHead()
        text.writeVerdict()
        text.writeStandings()
        text.writeAbility()
        text.writeLenders()
        text.writeNodes()
        text.writeRecords()
        text.writeFindings()
        return text.lines.joined(separator: "\n") + "\n"
    }

    private init(report: Report, language: ReportLanguage) {
        self.report = report
        words = language.words
        derivations = StandardID(report.terms.standard)
            .flatMap(StandardLibrary.embedded.standard)
            .map { DerivationText(standard: $0, language: language) }
    }

    // MARK: Parts

    private mutating func writeHead() {
        let missing = report.missing
        if missing.isEmpty {
            write(words.complete(report.awaited.count))
        } else {
            let who = missing.map { "\(label($0.member)) \(words.name($0.outcome.word))" }
            let head = words.incomplete(missing.count, report.awaited.count)
            write(who.count <= 3 ? "\(head) (\(who.joined(separator: ", ")))" : head)
        }
        lines.append(String(repeating: "=", count: Self.columns))
        field(words.askedBy, report.asker.description)
        field(
            words.purpose,
            words.name(report.purpose.rawValue)
                + (report.countedInquiry ? " (\(words.inquiryCounted))" : ""))
        field(words.time, report.at.description)
        field(words.consortium, report.terms.consortium.description)
        field(words.standard, report.terms.standard)
        field(words.scope, words.name(report.terms.scope.rawValue))
        field(words.masking, words.name(report.terms.masking.rawValue))
    }

    private mutating func writeVerdict() {
        lines.append("")
        field(words.worstClass, verdict(withDisputed: true))
        if report.hasDisputed {
            field(words.withoutDisputed, verdict(withDisputed: false))
        }
        field(words.lendersOpen, String(report.lendersWithOpenAccount))
        for exposure in report.exposures(\.balance) { field(words.balance, amount(exposure)) }
        for exposure in report.exposures(\.overdue) { field(words.overdue, amount(exposure)) }
        field(words.inquiries, words.inquiryCounts(report.inquiries))
    }

    private func verdict(withDisputed: Bool) -> String {
        guard let verdict = report.verdict(withDisputed: withDisputed) else {
            return words.noAccounts
        }
        let isAtLeast = verdict.isAtLeast || !report.isComplete
        return [
            isAtLeast ? words.atLeast : nil, words.name(verdict.riskClass.rawValue),
            "\(words.decidedBy) \(verdict.decidedBy),", label(verdict.member),
        ].compactMap(\.self).joined(separator: " ")
    }

    private mutating func writeLenders() {
        heading(words.lenders)
        for line in report.members {
            let outcome = words.name(line.outcome.word)
            let name = report.terms.masking == .named ? line.legalName : ""
            row([(label(line.member), 20), (outcome, 9), (note(line), 21), (name, 25)])
        }
        if report.members.contains(where: \.isUnwitnessed) {
            indented(words.unwitnessed, by: 2)
        }
    }

    /// What is said beside the outcome; an unwitnessed lender has a star, which is explained below.
    private func note(_ line: MemberLine) -> String {
        let text = note(line.outcome)
        guard line.isUnwitnessed else { return text }
        return text.isEmpty ? "*" : "* " + text
    }

    private func note(_ outcome: MemberOutcome) -> String {
        if case .stale(let asOf) = outcome {
            return asOf.map { "\(words.asOf) \($0)" } ?? ""
        }
        return outcome.code.map(words.name) ?? ""
    }

    private mutating func writeNodes() {
        heading(words.nodes)
        for node in report.nodes {
            row([
                (label(node.node), 20), (words.name(node.word), 9),
                (node.isOwn ? words.ownNode : "", 21),
            ])
        }
    }

    private mutating func writeRecords() {
        heading(words.records)
        if report.records.isEmpty, report.own == nil { write("  " + words.noRecords) }
        for record in report.records { write(record.summary, isStale: record.isStale) }
        if let own = report.own { write(own, isStale: false, isOwn: true) }
    }

    private mutating func write(_ summary: Summary, isStale: Bool, isOwn: Bool = false) {
        let until =
            isOwn
            ? nil
            : "\(words.consentUntil) \(summary.consent.expiresAt?.date?.description ?? words.consentNoEnd)"
        let parts: [String?] = [
            isOwn ? "\(summary.member) (\(words.own))" : label(summary.member),
            summary.worstClass.map { words.name($0.rawValue) },
            summary.asOf.map { "\(words.asOf) \($0)" },
            isStale ? words.staleBook : nil, until,
            summary.subjectStatus.map { words.name($0.rawValue) },
        ]
        indented(parts.compactMap(\.self).joined(separator: ", "), by: 2)
        for account in summary.accounts { write(account) }
        if let statement = summary.statement {
            indented("\(words.statement): \(statement)", by: 4)
        }
    }

    private mutating func write(_ account: DisclosedAccount) {
        let head: [String?] = [
            words.name(account.kind.rawValue), account.product, words.name(account.role.rawValue),
            words.name(account.status.rawValue),
            account.openedMonth.map { "\(words.opened) \($0)" },
            account.dispute.map { "\(words.disputed): \(words.name($0.rawValue))" },
            account.relief.map { "\(words.relief): \($0)" },
        ]
        indented("- " + head.compactMap(\.self).joined(separator: ", "), by: 4, hanging: 6)
        var verdict = "\(words.name(account.riskClass.rawValue)) "
        verdict += "\(words.decidedBy) \(account.decidedBy)"
        if case .known(let days) = account.facts.daysPastDue {
            verdict += ", " + words.daysPastDue(days)
        }
        indented(verdict, by: 6)
        let amounts: [(String, DisclosedAmount?)] = [
            (words.balance, account.balance), (words.overdue, account.overdue),
            (words.limit, account.limit), (words.monthlyDue, account.monthlyDue),
        ]
        let shown = amounts.compactMap { name, amount in amount.map { "\(name) \(text($0))" } }
        if !shown.isEmpty { indented(shown.joined(separator: ", "), by: 6) }
        if let history = account.history {
            let ends = account.historyEnds.map { " (… \($0))" } ?? ""
            indented("\(words.history) \(history.letters)\(ends)", by: 6)
        }
    }

    private mutating func writeFindings() {
        let findings = report.records.flatMap { record in
            record.findings.map { (record.summary.member, $0) }
        }
        guard !findings.isEmpty else { return }
        heading(words.findings)
        for (member, finding) in findings {
            let published = "\(words.name(finding.published.rawValue)) (\(finding.publishedRule))"
            let found = finding.recomputed.map {
                "\(words.name($0.riskClass.rawValue)) (\($0.decidedBy))"
            }
            let what =
                switch finding {
                case _ where finding.recomputed == nil: words.unverifiable
                case _ where finding.isTooGood: words.tooGood
                default: words.differs
                }
            indented(
                "\(label(member)) #\(finding.account + 1): \(what): \(published)"
                    + (found.map { " → \($0)" } ?? ""), by: 2, hanging: 4)
            writeDerivations(finding)
        }
    }

    // MARK: Pieces

    /// A lender's id, or a number in its place when the charter masks lenders.
    private func label(_ member: MemberID) -> String {
        guard report.terms.masking == .masked, member != report.asker else {
            return member.description
        }
        return report.maskedName(of: member)
    }

    /// A node's id, or a number in its place: the id often tells whose node it is.
    private func label(_ node: NodeID) -> String {
        report.terms.masking == .masked ? report.maskedName(of: node) : node.description
    }

    private func amount(_ exposure: Exposure) -> String {
        let atLeast = Money(minorUnits: exposure.atLeast, currency: exposure.currency)
        guard let below = exposure.below else {
            return "\(exposure.currency) ≥ \(atLeast.amountText)"
        }
        if below == exposure.atLeast { return atLeast.text }
        let bound = Money(minorUnits: below, currency: exposure.currency)
        return "\(atLeast.text) – \(bound.amountText)"
    }

    private func text(_ amount: DisclosedAmount) -> String {
        switch amount {
        case .band(let band, let currency): "\(currency) \(band.rawValue)"
        case .exact(let money): money.text
        }
    }

    mutating func heading(_ text: String) {
        lines.append("")
        lines.append(text)
    }

    mutating func field(_ label: String, _ value: String) {
        let wrapped = DisplayText.wrapped(value, to: Self.columns - Self.labelColumns)
        for (index, part) in wrapped.enumerated() {
            lines.append(DisplayText.padded(index == 0 ? label : "", to: Self.labelColumns) + part)
        }
    }

    private mutating func row(_ cells: [(text: String, columns: Int)]) {
        let used = cells.lastIndex { !$0.text.isEmpty } ?? 0
        var line = "  "
        for (index, cell) in cells.prefix(through: used).enumerated() {
            let fitted = DisplayText.fitted(cell.text, to: cell.columns)
            line += index == used ? fitted : DisplayText.padded(fitted, to: cell.columns) + " "
        }
        lines.append(line)
    }

    private mutating func write(_ text: String) {
        lines += DisplayText.wrapped(text, to: Self.columns)
    }

    mutating func indented(_ text: String, by indentation: Int, hanging: Int? = nil) {
        let hanging = hanging ?? indentation
        let wrapped = DisplayText.wrapped(text, to: Self.columns - hanging)
        for (index, part) in wrapped.enumerated() {
            lines.append(String(repeating: " ", count: index == 0 ? indentation : hanging) + part)
        }
    }
}
