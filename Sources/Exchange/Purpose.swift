/// Why a lender asks about a subject. The list is closed; a charter allows a part of it
/// (protocol/purposes.json, which a test compares with this).
public enum Purpose: String, Sendable, CaseIterable {
    case loanApproval = "loan-approval"
    case cardApproval = "card-approval"
    case guarantorReview = "guarantor-review"
    case representativeReview = "representative-review"
    case postLoan = "post-loan"
    case creditLine = "credit-line"
    case dispute
    case own = "self"
    case judicial

    /// Hard: the subject applies for credit or stands in for it. The asking counts as an inquiry,
    /// and the asker must know the latest state of every filter.
    public var isHard: Bool {
        switch self {
        case .loanApproval, .cardApproval, .guarantorReview, .representativeReview: true
        case .postLoan, .creditLine, .dispute, .own, .judicial: false
        }
    }
}
