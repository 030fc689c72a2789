import Foundation
import RiskStandard

/// What a cell or constant has been read as.
enum FieldValue: Sendable, Equatable {
    case text(String)
    case words([String])
    case flag(Bool)
    case count(Int)
    case amount(WrittenAmount)
    case currency(Currency)
    case month(YearMonth)
    case date(CalendarDate)
    case instant(Date)
    case letter(RepaymentHistory.Letter)
    case history(RepaymentHistory)
    case subjectKind(SubjectKind)
    case subjectStatus(SubjectStatus)
    case role(AccountRole)
    case kind(AccountKind)
    case status(AccountStatus)
    case dispute(DisputeKind)
    case basis(ConsentRecord.Basis)
    /// A fact that the lender does not know.
    case unknown
    /// Nothing: as if the field had not been mapped.
    case nothing
}
