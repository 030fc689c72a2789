import Exchange
import Pseudonym
import StrictJSON

extension VanishedAccount {
    /// One line without anything that names a borrower; `creditmesh book reference` gives the
    /// reference of a lender's own number.
    var line: String {
        [
            Base64URL.encode(reference.bytes), product, riskClass.rawValue,
            openedMonth.map { "opened \($0)" }, balance?.text,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// The same for programs.
    var json: JSONValue {
        [
            "ref": .string(Base64URL.encode(reference.bytes)), "product": .string(product),
            "openedMonth": openedMonth.map { .string($0.description) } ?? .null,
            "class": .string(riskClass.rawValue),
            "balance": balance.map {
                [
                    "amount": .integer(Int($0.minorUnits)), "currency": .string($0.currency),
                ]
            } ?? .null,
        ]
    }
}

/// Rows that could not be read as far as their account, beside accounts that vanished.
enum UnplacedRows {
    /// One sentence, in both languages.
    static func sentence(_ count: Int, vanished: Int) -> String {
        let most = min(count, vanished)
        return
            "\(count) rows could not be read as far as their account number; up to \(most) of the "
            + "vanished accounts may be theirs. 有 \(count) 行无法读出账号，消失的账户中至多 \(most) 个可能属于这些行。"
    }
}
