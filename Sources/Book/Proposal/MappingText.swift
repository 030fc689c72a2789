/// Writes a proposal in the mapping language.
enum MappingText {
    /// The whole file.
    static func text(name: String, _ sample: FileSample, _ proposer: MappingProposer) -> String {
        var lines = [
            "# Proposed from the file's header and first rows. Read it through before you use it.",
            "name: \(word(name))", "version: 1",
        ]
        if let currency = proposer.fillings[.currency] {
            lines += ["amounts:", "  currency: \(value(currency, asBlock: true))"]
        }
        lines += missing(proposer)
        lines += constants(proposer)
        lines += columns(proposer)
        if !proposer.ownClasses.isEmpty {
            lines.append("ownClasses:")
            lines += proposer.ownClasses.map { "  \(quoted($0.text)): \($0.word)" }
        }
        return lines.joined(separator: "\n") + "\n" + file(sample)
    }

    /// The block `file`, empty where its defaults do.
    static func file(_ sample: FileSample) -> String {
        guard !sample.isAsPlain else { return "" }
        let delimiter = sample.delimiter == 0x09 ? "tab" : sample.delimiter.text
        return "file: { delimiter: \(quoted(delimiter)), skipLines: \(sample.skipLines) }\n"
    }

    private static func missing(_ proposer: MappingProposer) -> [String] {
        proposer.findings.filter { $0.ground == .missing }.map {
            "# FILL IN \($0.field): \($0.remark.english)"
        }
    }

    private static func constants(_ proposer: MappingProposer) -> [String] {
        let constants = Field.allCases.compactMap { field in
            field == .currency
                ? nil : proposer.fillings[field]?.constant.map { "  \(field.rawValue): \($0)" }
        }
        return constants.isEmpty
            ? [] : ["# Assumed; check that each holds for every row.", "constants:"] + constants
    }

    private static func columns(_ proposer: MappingProposer) -> [String] {
        let columns = Field.allCases.compactMap { field -> String? in
            guard field != .currency, let filling = proposer.fillings[field],
                filling.column != nil
            else { return nil }
            return "  \(field.rawValue): \(value(filling))"
        }
        return columns.isEmpty ? [] : ["columns:"] + columns
    }

    /// A filling as a constant, a name, or a block in one line.
    private static func value(
        _ filling: MappingProposer.Filling, asBlock: Bool = false
    ) -> String {
        guard let column = filling.column else { return filling.constant ?? "" }
        if filling.map.isEmpty, filling.keys.isEmpty, !asBlock { return quoted(column) }
        var parts = ["column: \(quoted(column))"]
        parts += filling.keys.map { "\($0.key): \($0.value)" }
        if !filling.map.isEmpty {
            let entries = filling.map.map { "\(quoted($0.text)): \($0.word)" }
            parts.append("map: { \(entries.joined(separator: ", ")) }")
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    /// A text in double quotes as YAML has them.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                quoted += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A mapping's name: 1 to 40 of `a`–`z`, `0`–`9`, `-`.
    private static func word(_ name: String) -> String {
        let bytes = name.lowercased().utf8.map { $0.isWordByte ? $0 : UInt8(ascii: "-") }
        let text = bytes.prefix(BookLimits.wordBytesMax)[...].text
        return text.contains { $0 != "-" } ? text : "proposed"
    }
}

extension UInt8 {
    fileprivate var text: String { String(Character(Unicode.Scalar(self))) }
}
