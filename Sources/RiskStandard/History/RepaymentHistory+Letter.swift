extension RepaymentHistory {
    /// One month, by the letters of the People's Bank of China's second-generation reports.
    public enum Letter: Character, CaseIterable, Sendable {
        /// `N`: paid as agreed.
        case normal = "N"
        /// `*`: nothing was due.
        case nothingDue = "*"
        /// `1`: 1–30 days past due.
        case upTo30Days = "1"
        /// `2`: 31–60 days past due.
        case upTo60Days = "2"
        /// `3`: 61–90 days past due.
        case upTo90Days = "3"
        /// `4`: 91–120 days past due.
        case upTo120Days = "4"
        /// `5`: 121–150 days past due.
        case upTo150Days = "5"
        /// `6`: 151–180 days past due.
        case upTo180Days = "6"
        /// `7`: more than 180 days past due.
        case over180Days = "7"
        /// `#`: not known.
        case unknown = "#"
        /// `/`: the account was not open yet.
        case notOpenYet = "/"
        /// `A`: the billing date was changed.
        case billingDateChanged = "A"
        /// `B`: bad debt.
        case badDebt = "B"
        /// `C`: settled.
        case settled = "C"
        /// `D`: a guarantor paid.
        case guarantorPaid = "D"
        /// `G`: ended, but not by repayment as agreed.
        case endedAbnormally = "G"
        /// `M`: all arrears paid, but late.
        case paidLate = "M"
        /// `Z`: settled by handing over an asset.
        case settledByAsset = "Z"

        /// The letter of a month that ended with so many days past due.
        ///
        /// A negative number is no number of days: the month counts as unknown.
        public init(daysPastDue: Int) {
            self =
                switch daysPastDue {
                case ..<0: .unknown
                case 0: .normal
                case 1...30: .upTo30Days
                case 31...60: .upTo60Days
                case 61...90: .upTo90Days
                case 91...120: .upTo120Days
                case 121...150: .upTo150Days
                case 151...180: .upTo180Days
                default: .over180Days
                }
        }

        /// Whether the month ended with something unpaid, or was ended other than by the
        /// borrower's own payment: `1`–`7`, `B`, `D`, `G`, `Z`.
        public var isArrears: Bool {
            switch self {
            case .upTo30Days, .upTo60Days, .upTo90Days, .upTo120Days, .upTo150Days, .upTo180Days,
                .over180Days, .badDebt, .guarantorPaid, .endedAbnormally, .settledByAsset:
                true
            case .normal, .nothingDue, .unknown, .notOpenYet, .billingDateChanged, .settled,
                .paidLate:
                false
            }
        }
    }
}
