import Book

extension Money {
    /// `CNY 12,400.50`: thousands separated, minor units only where there are some.
    public var text: String { "\(currency) \(amountText)" }

    /// The amount without its currency.
    var amountText: String {
        let unit = minorUnitsPerUnit
        let rest = String((minorUnits % unit).magnitude)
        let places = String(unit).count - 1
        let fraction =
            rest == "0" ? "" : "." + String(repeating: "0", count: places - rest.count) + rest
        return (minorUnits < 0 ? "-" : "") + Self.grouped((minorUnits / unit).magnitude) + fraction
    }

    private static func grouped(_ number: UInt64) -> String {
        let digits = String(number)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }
}
