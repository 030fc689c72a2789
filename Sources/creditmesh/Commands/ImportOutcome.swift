import Exchange
import Foundation
import RiskStandard
import StrictJSON

/// What an import did, for people and for programs.
struct ImportOutcome {
    /// Vanished accounts that are shown to people.
    private static let vanishedShown = 20

    let result: BookImportResult
    /// Where rejects went; nil where there are none.
    let rejects: String?
    let consentRejects: String?

    func write(to output: OutputOptions, member: String) {
        output.write(json, text: text(member))
    }

    private var classes: [(RiskClass, Int)] {
        RiskClass.allCases.map { ($0, result.accounts[$0, default: 0]) }
    }
    private var taken: Int { classes.reduce(0) { $0 + $1.1 } }

    private var json: JSONValue {
        [
            "rows": .integer(result.rows), "accounts": .integer(taken),
            "rejected": .integer(result.rejected), "unplaced": .integer(result.unplaced),
            "vanishedPerhapsUnread": .integer(result.vanishedPerhapsUnread),
            "ended": .integer(result.ended),
            "consents": .integer(result.consents),
            "rejectFile": rejects.map(JSONValue.string) ?? .null,
            "consentRejectFile": consentRejects.map(JSONValue.string) ?? .null,
            "classes": .object(classes.map { JSONMember($0.0.rawValue, .integer($0.1)) }),
            "rejects": .object(
                result.rejects.sorted { $0.key < $1.key }.map {
                    JSONMember($0.key, .integer($0.value))
                }),
            "changes": result.changes.json, "sealed": .bool(result.isSealed),
        ]
    }

    private func text(_ member: String) -> String {
        let changes = result.changes
        let paths = [rejects, consentRejects].compactMap(\.self)
        var lines = [
            """
            \(member): \(taken) accounts of \(result.rows) rows, \(result.consents) consents, \
            \(result.rejected) rejected\(paths.isEmpty ? "" : " (see \(paths.joined(separator: ", ")))")
              \(classes.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", "))
              \(changes.summary)
            """
        ]
        if result.ended > 0 {
            lines.append("  \(result.ended) left out: over by the charter's retention")
        }
        for (code, count) in result.rejects.sorted(by: { $0.key < $1.key }) {
            lines.append("  rejected \(code) \(count)")
        }
        for account in changes.vanishedAccounts.prefix(Self.vanishedShown) {
            lines.append("  vanished \(account.line)")
        }
        if changes.vanished > Self.vanishedShown {
            lines.append(
                "  … and \(changes.vanished - Self.vanishedShown) more (--json lists them)")
        }
        if result.vanishedPerhapsUnread > 0 {
            lines.append(
                "  \(UnplacedRows.sentence(result.unplaced, vanished: changes.vanished))")
        }
        if !result.isSealed {
            lines.append(
                "  identifiers were not sealed: a change of the node's pseudonym key will need this "
                    + "file again (see: creditmesh node rekey-key)")
        }
        return lines.joined(separator: "\n")
    }
}

extension ImportChanges {
    /// One line of counts.
    fileprivate var summary: String {
        if isOfPastDay {
            return "a day of the past: its history was rewritten for \(changed) accounts"
        }
        if isEmpty { return "the book says the same; nothing was changed" }
        return """
            \(new) new, \(changed) changed, \(unchanged) unchanged, \(vanished) vanished, \
            \(keptFromBefore) kept from before\(removed > 0 ? ", \(removed) taken out" : "")\
            \(outdated > 0 ? ", \(outdated) known of a later day" : "")\
            \(historyConflicts > 0 ? "; \(historyConflicts) histories contradict what was imported" : "")
            """
    }

    fileprivate var json: JSONValue {
        [
            "previousAsOf": previousAsOf.map { .string($0.description) } ?? .null,
            "isOfPastDay": .bool(isOfPastDay), "new": .integer(new), "changed": .integer(changed),
            "unchanged": .integer(unchanged), "outdated": .integer(outdated),
            "keptFromBefore": .integer(keptFromBefore), "vanished": .integer(vanished),
            "removed": .integer(removed), "historyConflicts": .integer(historyConflicts),
            "consentsStated": .integer(consentsStated), "consentsGone": .integer(consentsGone),
            "vanishedAccounts": .array(vanishedAccounts.map(\.json)),
        ]
    }
}
