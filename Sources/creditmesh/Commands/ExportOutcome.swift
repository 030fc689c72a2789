import Exchange
import StrictJSON

/// What an export gave back, for people and for programs.
struct ExportOutcome {
    let member: String
    let file: String
    let consentFile: String?
    let parts: [BookPart]
    let count: ExportCount
    /// Whether private halves were given.
    let hasKey: Bool

    /// Whether everything is in the file that was asked for.
    var isComplete: Bool { !hasKey || isImportable }

    /// Whether an import takes every row.
    private var isImportable: Bool { hasKey && count.unsealed + count.unopened == 0 }

    func write(to output: OutputOptions) {
        output.write(json, text: lines().joined(separator: "\n"))
    }

    private var json: JSONValue {
        [
            "member": .string(member), "file": .string(file),
            "consentFile": consentFile.map(JSONValue.string) ?? .null,
            "accounts": .integer(count.accounts), "importable": .bool(isImportable),
            "unsealed": .integer(count.unsealed), "unopened": .integer(count.unopened),
            "furtherConsents": .integer(count.furtherConsents),
            "parts": .array(parts.map(\.json)),
        ]
    }

    private func lines() -> [String] {
        ["\(member): \(count.accounts) accounts in \(file)"]
            + parts.map { "  \($0.line)" } + (hasKey ? opened() : references()) + again()
    }

    private func references() -> [String] {
        [
            "  without --private-key it holds references in place of identifiers and account "
                + "numbers, and no names; it cannot be imported again",
            "  未提供私钥：文件仅含引用，不含证件号码、姓名与账号，不能再次导入",
        ]
    }

    private func opened() -> [String] {
        var lines = ["  it holds personal data; only you may read it 文件含个人信息，仅本用户可读"]
        if count.unsealed > 0 {
            lines.append(
                "  \(count.unsealed) accounts were imported before there was a rekey key: they "
                    + "hold references and cannot be imported again")
        }
        if count.unopened > 0 {
            lines.append(
                "  \(count.unopened) accounts were not opened by the private halves given: they "
                    + "hold references and cannot be imported again")
        }
        if let consentFile {
            lines.append(
                "  \(count.furtherConsents) further consents in \(consentFile): import it beside "
                    + "with --consents")
        }
        return lines
    }

    private func again() -> [String] {
        guard isImportable else { return [] }
        guard parts.count == 1, let part = parts.first, let day = part.asOf else {
            return [
                "  to import it again, export each part by itself with --part: each has its day"
            ]
        }
        return [
            "  to import it again: --mapping plain --part \(part.name) --as-of \(day)"
        ]
    }
}

extension BookPart {
    /// One line.
    var line: String {
        guard let asOf, let importedAt else { return "\(name): expected, nothing imported yet" }
        return "\(name): as of \(asOf), imported \(importedAt), \(accounts) accounts"
    }

    /// The same for programs.
    var json: JSONValue {
        [
            "name": .string(name), "asOf": asOf.map { .string($0.description) } ?? .null,
            "importedAt": importedAt.map { .string($0.description) } ?? .null,
            "expected": .bool(isExpected), "accounts": .integer(accounts),
        ]
    }
}
