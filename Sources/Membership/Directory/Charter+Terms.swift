extension Charter {
    /// How many elements may be blindly evaluated in a day, from 00:00 UTC (protocol.md §3).
    public struct Quotas: Sendable, Equatable {
        /// For one asking member at one node.
        public var elementsPerMemberDay: Int
        /// For all members of one asking node together, at one node.
        public var elementsPerNodeDay: Int

        /// What either quota may be.
        public static let range = 1...1_000_000_000

        /// Quotas; 20,000 and 100,000 unless told.
        public init(elementsPerMemberDay: Int = 20_000, elementsPerNodeDay: Int = 100_000) {
            self.elementsPerMemberDay = elementsPerMemberDay
            self.elementsPerNodeDay = elementsPerNodeDay
        }
    }

    /// How fresh things must be (protocol.md §4). Whole seconds and whole days.
    public struct Intervals: Sendable, Equatable {
        /// The oldest manifest that an ask for a hard purpose may rest on.
        public var manifestMaxAgeHard: Duration
        /// The same for other purposes; not less.
        public var manifestMaxAgeSoft: Duration
        /// How soon a new subject must be in a filter.
        public var filterAdditions: Duration
        /// After how long without a new book a member is `stale`.
        public var bookMaxAge: Duration

        /// What the intervals in seconds may be: up to a day.
        public static let secondsRange = 1...86_400
        /// What the intervals in days may be; a consortium that shares an archive needs many.
        public static let daysRange = 1...36_525

        /// Intervals; 60 s, 15 min, 60 s and 7 days unless told.
        public init(
            manifestMaxAgeHard: Duration = .seconds(60),
            manifestMaxAgeSoft: Duration = .seconds(900),
            filterAdditions: Duration = .seconds(60), bookMaxAge: Duration = .seconds(7 * 86_400)
        ) {
            self.manifestMaxAgeHard = manifestMaxAgeHard
            self.manifestMaxAgeSoft = manifestMaxAgeSoft
            self.filterAdditions = filterAdditions
            self.bookMaxAge = bookMaxAge
        }
    }

    /// What the withdrawal of consent does to a record, per basis on which it is held and per state
    /// of the account.
    public struct Withdrawal: Sendable, Equatable {
        /// What becomes of a record.
        public enum Effect: String, Sendable, CaseIterable {
            /// It stays disclosable: the basis survives the withdrawal.
            case keep
            /// It stays in the filter and is answered `refused` with `consent-withdrawn`.
            case refuse
            /// It leaves the filter and is no longer disclosed.
            case leave
        }

        /// The effects on records of one basis.
        public struct Effects: Sendable, Equatable {
            /// On an account with anything outstanding.
            public var unpaid: Effect
            /// On an account that is settled.
            public var settled: Effect

            /// Effects.
            public init(unpaid: Effect, settled: Effect) {
                self.unpaid = unpaid
                self.settled = settled
            }
        }

        /// On records held on consent; never ``Effect/keep``.
        public var consent: Effects
        /// On records held on a legal duty.
        public var legalDuty: Effects

        /// Effects; unless told, unpaid accounts on consent refuse and settled ones leave, and a
        /// legal duty survives.
        public init(
            consent: Effects = Effects(unpaid: .refuse, settled: .leave),
            legalDuty: Effects = Effects(unpaid: .keep, settled: .keep)
        ) {
            self.consent = consent
            self.legalDuty = legalDuty
        }
    }

    /// How long things are kept, in calendar years and months or in days.
    public struct Retention: Sendable, Equatable {
        /// Negative facts, in years from the end of the bad event (征信业管理条例 art. 16).
        public var negativeYears: Int
        /// Settled accounts without negative facts, in months.
        public var settledMonths: Int
        /// Inquiries, in months; at least a year, since reports count that long.
        public var inquiryMonths: Int
        /// Messages, salts and boxes beside the log, in months.
        public var evidenceMonths: Int
        /// Filters that answered "no record", kept by the asker, in days.
        public var filterDays: Int
        /// The longest life of a VOPRF key, in months.
        public var pseudonymKeyMonths: Int

        /// What ``negativeYears`` may be.
        public static let yearsRange = 1...10
        /// What the spans in months may be; ``inquiryMonths`` is at least 12.
        public static let monthsRange = 1...120
        /// What ``filterDays`` may be.
        public static let daysRange = 1...366

        /// Spans; 5 years, 24, 24 and 60 months, 30 days and 12 months unless told.
        public init(
            negativeYears: Int = 5, settledMonths: Int = 24, inquiryMonths: Int = 24,
            evidenceMonths: Int = 60, filterDays: Int = 30, pseudonymKeyMonths: Int = 12
        ) {
            self.negativeYears = negativeYears
            self.settledMonths = settledMonths
            self.inquiryMonths = inquiryMonths
            self.evidenceMonths = evidenceMonths
            self.filterDays = filterDays
            self.pseudonymKeyMonths = pseudonymKeyMonths
        }
    }
}

extension Duration {
    /// Days of 24 hours.
    static func days(_ days: Int) -> Duration { .seconds(days * 86_400) }
}
