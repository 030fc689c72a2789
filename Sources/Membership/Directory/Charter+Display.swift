extension Charter {
    /// Whether the borrower must have been told before what is negative about it is furnished
    /// (征信业管理条例 art. 15).
    public enum NegativeNotice: String, Sendable, CaseIterable {
        /// An account that shows arrears leaves only when its lender holds a notice; what lacks one
        /// is answered `held-back`, never as if it were not there.
        case required
        /// Accounts leave without a notice.
        case notRequired = "not-required"
    }

    /// A rule by which past arrears are not displayed although they are not over by
    /// ``Retention/negativeYears``: the form of one-off repairs of credit records. It never touches
    /// the class of an account.
    public struct DisplayRule: Sendable, Hashable {
        /// What becomes of what the rule covers.
        public enum Effect: String, Sendable, CaseIterable {
            /// It is not displayed as arrears.
            case hide
        }

        /// Whose arrears a rule covers.
        public enum Subjects: String, Sendable, CaseIterable {
            /// Natural persons, individual businesses included.
            case persons
            /// Persons and enterprises.
            case all
        }

        /// The months that a rule covers, as days `YYYY-MM-DD`; a month counts by its last day.
        public struct Event: Sendable, Hashable {
            /// The first day.
            public var from: String
            /// The last day.
            public var to: String

            /// Days; that they are, and their order, is checked when the directory is made.
            public init(from: String, to: String) {
                self.from = from
                self.to = to
            }
        }

        /// The largest amount past due, interest included, that a rule covers.
        public struct Amount: Sendable, Hashable {
            /// In minor units of the currency; 0 or more.
            public var amount: Int
            /// ISO 4217. Arrears in another currency are not covered.
            public var currency: String

            /// An amount; checked when the directory is made.
            public init(amount: Int, currency: String) {
                self.amount = amount
                self.currency = currency
            }
        }

        /// The rule's name, `[a-z0-9-]{2,40}`; none twice.
        public var id: String
        /// What it does.
        public var effect: Effect
        /// Whom it covers.
        public var subjects: Subjects
        /// Which months it covers.
        public var event: Event
        /// Up to which amount.
        public var amountMax: Amount
        /// The last day, `YYYY-MM-DD`, on which everything must have been repaid.
        public var repaidBy: String
        /// The first day, `YYYY-MM-DD`, on which the rule acts.
        public var effectiveFrom: String

        /// A rule; its values are checked when the directory is made.
        public init(
            id: String, effect: Effect = .hide, subjects: Subjects, event: Event,
            amountMax: Amount, repaidBy: String, effectiveFrom: String
        ) {
            self.id = id
            self.effect = effect
            self.subjects = subjects
            self.event = event
            self.amountMax = amountMax
            self.repaidBy = repaidBy
            self.effectiveFrom = effectiveFrom
        }
    }
}
