/// The consortium's rules as data, signed by its officers (protocol.md §7 and §8).
public struct Charter: Sendable, Equatable {
    /// The consortium's name as people read it.
    public var name: String
    /// The risk standard and its version, such as `cn-2023@1`.
    public var standard: String
    /// What members publish.
    public var scope: Scope
    /// The kinds of identifiers, none twice.
    public var schemes: [Scheme]
    /// The purposes for which a member may ask, none twice, at least one.
    public var purposes: [String]
    /// Whether a query must carry a name check.
    public var nameCheck: NameCheckRule
    /// How reports show lenders.
    public var masking: Masking
    /// The regulator to whose keys blind queries are sealed; nil when they cannot be opened.
    public var openingRegulator: MemberID?
    /// How many witnesses must cosign a checkpoint, at most as many as there are.
    public var witnessQuorum: Int
    /// How much may be asked.
    public var quotas: Quotas
    /// How fresh things must be.
    public var intervals: Intervals
    /// What the withdrawal of consent does.
    public var withdrawal: Withdrawal
    /// How long things are kept.
    public var retention: Retention
    /// Whether what is negative needs a notice to the borrower before it leaves; a directory that
    /// says nothing requires one.
    public var negativeNotice: NegativeNotice
    /// Which past arrears are not displayed, none of the same name.
    public var displayRules: [DisplayRule]

    /// A charter; its values are checked when the directory is made.
    public init(
        name: String, standard: String, scope: Scope = .fullFile, schemes: [Scheme],
        purposes: [String], nameCheck: NameCheckRule = .required, masking: Masking = .named,
        openingRegulator: MemberID? = nil, witnessQuorum: Int = 0, quotas: Quotas = Quotas(),
        intervals: Intervals = Intervals(), withdrawal: Withdrawal = Withdrawal(),
        retention: Retention = Retention(), negativeNotice: NegativeNotice = .required,
        displayRules: [DisplayRule] = []
    ) {
        self.name = name
        self.standard = standard
        self.scope = scope
        self.schemes = schemes
        self.purposes = purposes
        self.nameCheck = nameCheck
        self.masking = masking
        self.openingRegulator = openingRegulator
        self.witnessQuorum = witnessQuorum
        self.quotas = quotas
        self.intervals = intervals
        self.withdrawal = withdrawal
        self.retention = retention
        self.negativeNotice = negativeNotice
        self.displayRules = displayRules
    }
}

extension Charter {
    /// What members publish (protocol.md §5).
    public enum Scope: String, Sendable, CaseIterable {
        /// All open accounts, and settled ones for ``Retention/settledMonths``.
        case fullFile = "full-file"
        /// Only accounts with arrears.
        case negativeOnly = "negative-only"
    }

    /// Whether a query must carry a name check (protocol.md §3).
    public enum NameCheckRule: String, Sendable, CaseIterable {
        /// A query without one is refused as `bad-request`.
        case required
        /// It may be left out.
        case optional
    }

    /// How a report shows the lenders that hold accounts.
    public enum Masking: String, Sendable, CaseIterable {
        /// By their ids and legal names.
        case named
        /// As "lender 1", "lender 2", … without id and name. The asking node still knows them,
        /// since it asked them; masking is what its people see.
        case masked
    }

    /// A kind of identifier (protocol.md §3).
    public struct Scheme: Sendable, Hashable {
        /// `[a-z0-9-]{2,40}`, such as `cn-rid`.
        public let name: String
        /// The pattern of an identifier, for kinds that are not built in; at most
        /// ``patternBytesMax`` bytes. Its language is defined where identifiers are validated.
        public let pattern: String?

        /// The longest pattern in bytes.
        public static let patternBytesMax = 256

        /// A kind; its values are checked when the directory is made.
        public init(name: String, pattern: String? = nil) {
            self.name = name
            self.pattern = pattern
        }
    }
}
