/// A condition whose column has been found.
struct BoundCondition {
    private let index: Int
    private let test: Condition.Test

    init(_ condition: Condition, header: Header) throws(BookError) {
        index = try header.index(of: condition.column)
        test = condition.test
    }

    /// Whether the record meets the condition.
    func holds(for record: CSVRecord) -> Bool {
        let text = record[index].trimmed
        switch test {
        case .isOneOf(let texts): return texts.contains { $0.elementsEqual(text) }
        case .isNoneOf(let texts): return !texts.contains { $0.elementsEqual(text) }
        case .isBlank(let blank): return text.isEmpty == blank
        case .isAbove(let bound):
            guard let number = try? DecimalText(text, allowsScientific: true) else { return false }
            return WrittenAmount(mantissa: number.mantissa, exponent: number.exponent, unit: .one)
                .isGreater(than: bound)
        }
    }
}
