import RiskStandard

/// A cell rule whose columns have been found in the file's header. A class, so that going over
/// the cells of each row copies nothing.
final class BoundCell: Sendable {
    let field: Field
    /// The columns' names as a reject shows them.
    let column: String
    private let indices: [Int]
    private let rule: CellRule
    private let parser: CellParser
    /// Whether the text tells who the borrower is, by this field or another of the same column.
    private let isPersonal: Bool

    /// Finds the rule's columns; nil when the file lacks one and the rule allows it.
    init?(
        _ rule: CellRule, header: Header, asOf: CalendarDate?, personalColumns: Set<String>
    ) throws(BookError) {
        var indices: [Int] = []
        for name in rule.columns {
            if let index = try header.optionalIndex(of: name) {
                indices.append(index)
            } else if rule.isOptional {
                return nil
            } else {
                throw .missingColumn(name)
            }
        }
        field = rule.field
        column = rule.columns.joined(separator: "+")
        self.indices = indices
        self.rule = rule
        parser = CellParser(field: rule.field, format: rule.format, asOf: asOf)
        isPersonal = !personalColumns.isDisjoint(with: rule.columns)
    }

    /// Reads the field from a record.
    func value(in record: CSVRecord) throws(RowFault) -> FieldValue {
        let text = CellText.cleaned(
            text(in: record), isPlainText: parser.isPlainText, isName: field == .name)
        if text.isEmpty { return rule.blank }
        if let map = rule.map {
            if let value = map.value(of: text) { return value }
            switch rule.unmapped {
            case .read: break
            case .blank: return rule.blank
            case .reject:
                let fault = CellFault(
                    code: .valueUnknown, reason: "not in the mapping's list of texts")
                throw RowFault(fault, in: column, text: text, isPersonal: isPersonal)
            }
        }
        do {
            return try parser.value(of: text)
        } catch {
            throw RowFault(error, in: column, text: text, isPersonal: isPersonal)
        }
    }

    /// The text of the cell, or of several joined; blank if any of them is.
    private func text(in record: CSVRecord) -> ArraySlice<UInt8> {
        if indices.count == 1 { return record[indices[0]].trimmed }
        var joined: [UInt8] = []
        for (ordinal, index) in indices.enumerated() {
            let part = record[index].trimmed
            if part.isEmpty { return [] }
            if ordinal > 0 { joined += rule.joiner }
            joined += part
        }
        return joined[...]
    }
}
