/// A decimal number as written, exact: `1234`, `-1234.56`, and where allowed `2.00E+05`.
///
/// Neither thousands separators nor a plus sign are read here; ``AmountText`` takes off what people
/// write around a number.
struct DecimalText: Equatable {
    /// Longer texts are no numbers of a loan book.
    static let bytesMax = 40
    /// Powers of ten beyond these are no amounts.
    static let exponents = -30...30

    let mantissa: Int64
    /// The power of ten by which to multiply the mantissa.
    let exponent: Int

    init(_ text: ArraySlice<UInt8>, allowsScientific: Bool) throws(CellFault) {
        guard text.count <= Self.bytesMax else { throw Self.malformed }
        var digits = text
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }

        let marker = digits.firstIndex { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") }
        var scale = 0
        if let marker {
            scale = try Self.power(digits[(marker + 1)...])
            digits = digits[..<marker]
        }
        let (magnitude, decimals) = try Self.digits(digits)
        if marker != nil, !allowsScientific {
            throw CellFault(
                code: .scientificNotation,
                reason: "in scientific notation: a spreadsheet may have dropped digits")
        }
        mantissa = isNegative ? -magnitude : magnitude
        exponent = scale - decimals
        guard Self.exponents.contains(exponent) else { throw Self.overflow }
    }

    /// The value times a power of ten, when it is whole and fits.
    func whole(times power: Int = 0) -> Int? {
        let number = WrittenAmount(mantissa: mantissa, exponent: exponent, unit: .minor)
        return (try? number.scaled(by: power)).map(Int.init)
    }

    private static let malformed = CellFault(code: .valueMalformed, reason: "not a number")
    private static let overflow = CellFault(code: .amountOverflow, reason: "too large")

    /// Reads `digits[.digits]`, at least one digit on each side of the point.
    private static func digits(
        _ text: ArraySlice<UInt8>
    ) throws(CellFault) -> (magnitude: Int64, decimals: Int) {
        var magnitude: Int64 = 0
        var point: Int?
        for index in text.indices {
            if text[index] == UInt8(ascii: "."), point == nil {
                point = index
                continue
            }
            guard let digit = text[index].asciiDigit else { throw malformed }
            let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(Int64(digit))
            guard !first, !second else { throw overflow }
            magnitude = sum
        }
        guard !text.isEmpty, point != text.startIndex, point != text.endIndex - 1 else {
            throw malformed
        }
        return (magnitude, point.map { text.endIndex - 1 - $0 } ?? 0)
    }

    /// Reads the power behind `E`: an optional sign and one or two digits.
    private static func power(_ text: ArraySlice<UInt8>) throws(CellFault) -> Int {
        var digits = text
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard (1...2).contains(digits.count) else { throw malformed }
        var value = 0
        for byte in digits {
            guard let digit = byte.asciiDigit else { throw malformed }
            value = value * 10 + digit
        }
        return isNegative ? -value : value
    }
}
