import RiskStandard

/// Why a draft is no record; `field` leads to the column.
struct DraftFault: Error {
    let field: Field?
    let code: RejectCode
    let reason: String

    static func missing(_ field: Field) -> DraftFault {
        DraftFault(field: field, code: .valueMissing, reason: "\(field.rawValue) is missing")
    }

    static func afterAsOf(_ field: Field, _ asOf: CalendarDate) -> DraftFault {
        DraftFault(field: field, code: .dateAfterAsOf, reason: "after the as-of date \(asOf)")
    }
}
