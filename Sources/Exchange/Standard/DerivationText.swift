import Book
import RiskStandard

/// Writes a derivation for people: the class first, then every rule with what it looked at.
public struct DerivationText {
    private let standard: Standard
    private let language: ReportLanguage
    private let words: DerivationWords

    /// A writer for derivations by one standard.
    public init(standard: Standard, language: ReportLanguage) {
        self.standard = standard
        self.language = language
        words = language.derivationWords
    }

    /// The derivation in lines, without line breaks.
    public func lines(_ derivation: Derivation) -> [String] {
        [summary(derivation.classification)] + notes(derivation.classification)
            + derivation.steps.flatMap(lines)
    }

    /// The class and the rule that decides, in one line.
    public func summary(_ result: Classification) -> String {
        let atLeast = result.isAtLeast ? words.atLeast + " " : ""
        return "\(atLeast)\(name(result.riskClass)) \(words.decidedBy) \(result.decidedBy): "
            + title(result.decidedBy)
    }

    /// The rules that apply, worst first, in one line each.
    func floors(_ result: Classification) -> [String] {
        result.floors.map {
            "\(name($0.riskClass)) \(words.decidedBy) \($0.rule): \(title($0.rule))"
        }
    }

    /// What a rule says.
    public func title(_ rule: RuleID) -> String {
        guard let rule = standard.rule(rule) else { return "" }
        return language == .chinese ? rule.titleZh : rule.title
    }

    /// What a class is called.
    public func name(_ riskClass: RiskClass) -> String {
        guard language == .chinese else { return riskClass.rawValue }
        return standard.classes.first { $0.riskClass == riskClass }?.titleZh ?? riskClass.rawValue
    }

    private func notes(_ result: Classification) -> [String] {
        var notes: [String] = []
        if result.isAtLeast { notes.append("  \(words.couldBe) \(name(result.couldBe))") }
        switch result.observation {
        case .running: notes.append("  \(words.observation)")
        case .restarted: notes.append("  \(words.observationRestarted)")
        case nil: break
        }
        notes += result.watch.map { "  \(words.watchFlag): \($0) \(title($0))" }
        return notes
    }

    private func lines(_ step: DerivationStep) -> [String] {
        let outcome = words.outcomes[step.outcome] ?? step.outcome.rawValue
        let head = "\(step.rule.id) → \(name(step.rule.riskClass)): \(outcome)"
        return [head, "  " + (language == .chinese ? step.rule.titleZh : step.rule.title)]
            + step.inputs.map { "    " + text($0) }
    }

    private func text(_ input: DerivationInput) -> String {
        switch input {
        case .fact(let name, let value): return "\(name.rawValue) = \(text(value))"
        case .months(let name, let value, let age):
            return "\(name.rawValue) = \(text(value))"
                + (age.map { ", \($0) \(words.months)" } ?? "")
        case .days(let name, let value, let age):
            return "\(name.rawValue) = \(text(value))" + (age.map { ", \($0) \(words.days)" } ?? "")
        case .segment(let segment): return segment == .retail ? words.retail : words.nonRetail
        case .other(let part, let isAtAll, let holds):
            return "\(words.other) \(words.part(part)) \(place(isAtAll)): "
                + words.answer(holds)
        case .share(let share): return text(share)
        }
    }

    private func text(_ share: DerivedShare) -> String {
        let limit = "\(words.over) \(DerivedShare.percent(share.overBasisPoints))"
        let amounts = share.amounts.map { amounts in
            let part = range(amounts.partAtLeast, amounts.partAtMost)
            return "\(amounts.currency) \(part) + \(range(amounts.restAtLeast, amounts.restAtMost))"
        }
        return "\(words.part(share.part)) \(words.share) \(place(share.isAtAllInstitutions)) "
            + "\(limit): \(words.answer(share.isExceeded))"
            + (amounts.isEmpty ? "" : " (\(amounts.joined(separator: "; ")))")
    }

    private func range(_ least: Int64, _ most: Int64?) -> String {
        guard let most else { return "≥ \(least)" }
        return least == most ? "\(least)" : "\(least) – \(most)"
    }

    private func place(_ isAtAll: Bool) -> String { isAtAll ? words.everywhere : words.here }

    private func text(_ value: FactValue?) -> String {
        switch value {
        case nil: words.notStated
        case .null: words.unknown
        case .bool(let holds): holds ? words.yes : words.no
        case .some(let value): value.description
        }
    }
}

extension DerivedShare {
    /// Basis points as per cent: 2000 is `20.00 %`.
    static func percent(_ basisPoints: Int) -> String {
        let cents = basisPoints % 100
        return "\(basisPoints / 100).\(cents < 10 ? "0" : "")\(cents) %"
    }
}
