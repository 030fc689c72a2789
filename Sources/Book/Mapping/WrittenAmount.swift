/// In what an amount is written.
enum AmountUnit: String, Sendable, CaseIterable {
    case minor, one, thousand
    case tenThousand = "ten-thousand"
    case million
    case hundredMillion = "hundred-million"

    /// The power of ten that one written unit is worth; `minor` counts from the currency's own.
    var exponent: Int {
        switch self {
        case .minor, .one: 0
        case .thousand: 3
        case .tenThousand: 4
        case .million: 6
        case .hundredMillion: 8
        }
    }
}

/// A decimal number as written, exact, before the currency says how many decimals it may have.
struct WrittenAmount: Sendable, Equatable {
    /// Why an amount is not one.
    enum Fault: Error {
        case overflow, tooPrecise
    }

    let mantissa: Int64
    /// The power of ten by which to multiply the mantissa.
    let exponent: Int
    let isMinor: Bool
    /// The currency that stands in the cell itself.
    let mark: AmountText.CurrencyMark?

    init(
        mantissa: Int64, exponent: Int, unit: AmountUnit, mark: AmountText.CurrencyMark? = nil
    ) {
        self.mantissa = mantissa
        self.mark = mark
        self.exponent = exponent + unit.exponent
        isMinor = unit == .minor
    }

    /// The amount in minor units, exact or not at all.
    func minorUnits(of currency: Currency) throws(Fault) -> Int64 {
        try scaled(by: isMinor ? 0 : currency.exponent)
    }

    /// The number times a further power of ten, exact or not at all.
    func scaled(by power: Int) throws(Fault) -> Int64 {
        var shift = exponent + power
        var value = mantissa
        while shift > 0, value != 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { throw .overflow }
            value = product
            shift -= 1
        }
        while shift < 0, value != 0 {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { throw .tooPrecise }
            value = quotient
            shift += 1
        }
        return value
    }

    /// Whether the number is strictly greater than a whole one.
    func isGreater(than bound: Int64) -> Bool {
        var shift = exponent
        var value = mantissa
        var remains = false
        while shift > 0, value != 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return mantissa > 0 }
            value = product
            shift -= 1
        }
        while shift < 0, value != 0 {
            remains = remains || value % 10 != 0
            value /= 10
            shift += 1
        }
        return value > bound || (value == bound && remains && mantissa > 0)
    }
}
