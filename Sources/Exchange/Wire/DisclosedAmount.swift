import Book
import StrictJSON

/// An amount as it is disclosed: a band for persons, exact for enterprises, whose class across
/// lenders needs exact amounts (protocol/messages.md, amounts).
public enum DisclosedAmount: Sendable, Equatable {
    case band(AmountBand, currency: String)
    case exact(Money)

    /// The form in which an amount of such a subject leaves the node.
    public init(_ money: Money, for kind: SubjectKind) {
        switch kind {
        case .person: self = .band(AmountBand(money), currency: money.currency)
        case .enterprise: self = .exact(money)
        }
    }

    /// ISO 4217 code.
    public var currency: String {
        switch self {
        case .band(_, let currency): currency
        case .exact(let money): money.currency
        }
    }

    /// `{"band","currency"}` or `{"amount","currency"}`.
    public var json: JSONValue {
        switch self {
        case .band(let band, let currency):
            ["band": .string(band.rawValue), "currency": .string(currency)]
        case .exact(let money):
            ["amount": .integer(Int(money.minorUnits)), "currency": .string(money.currency)]
        }
    }

    /// Reads either form. `path` names the amount in errors.
    public init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        let currency = try reader.required("currency", "an ISO 4217 code") { value in
            value.text.flatMap { Currency(code: $0)?.code }
        }
        let band = try reader.optional("band", "a band of the list") {
            $0.text.flatMap(AmountBand.init)
        }
        if let band {
            self = .band(band, currency: currency)
        } else {
            let amount = try reader.required("amount", "minor units, an integer", \.integer)
            self = .exact(Money(minorUnits: Int64(amount), currency: currency))
        }
    }
}

extension Money {
    /// Minor units in one unit of the currency; 100 for a code that ISO 4217 does not have.
    var minorUnitsPerUnit: Int64 {
        (0..<(Currency(code: currency)?.exponent ?? 2)).reduce(1) { product, _ in product * 10 }
    }
}
