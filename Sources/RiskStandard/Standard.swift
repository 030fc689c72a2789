/// A risk standard: facts in, class and reasons out.
///
/// A standard is a versioned file of thresholds and rules (`protocol/standards/README.md`); this
/// type is that file, checked and compiled. It reads no clock and no file, so anyone who has the
/// version, the facts and their day gets the same class.
public struct Standard: Sendable {
    /// Name and version.
    public let id: StandardID
    /// The standard's English title.
    public let title: String
    /// The standard's Chinese title.
    public let titleZh: String
    /// The text that it was made from.
    public let source: String
    /// The day on which that text came into force, `YYYY-MM-DD`.
    public let inForce: String
    /// Its classes, best first.
    public let classes: [ClassTitle]
    /// The facts that this version defines; others are refused.
    public let facts: [LoanFacts.Name]
    /// How it settles what the law leaves open.
    public let settings: Settings
    /// Its rules, in the order of the file.
    public let rules: [Rule]
    /// The rule that stands for "no rule applies".
    public let otherwise: Rule

    let compiled: CompiledRules
    /// What the rules' conditions say, in the order of ``rules``.
    let conditions: [RuleCondition]

    /// Reads and compiles a standard's file.
    ///
    /// Of a member that stands twice in one object an unspecified one counts: files come with the
    /// program, not from peers.
    ///
    /// - Parameter json: The file, UTF-8, at most ``bytesMax`` bytes.
    /// - Throws: `StandardError`, with the place of the first thing that is wrong.
    public init(json: [UInt8]) throws(StandardError) {
        let document = try StandardDocument.read(json)
        let compiler = try StandardCompiler(document)
        id = document.id
        title = document.title
        titleZh = document.titleZh
        source = document.source
        inForce = document.inForce
        classes = document.classes.map(\.title)
        facts = document.facts
        settings = document.settings
        rules = compiler.rules
        otherwise = compiler.otherwise
        compiled = compiler.compiled
        conditions = compiler.conditions
    }

    /// Whether a rule asks for the debtor's other accounts, so that the loan's own facts alone do not
    /// show whether it applies.
    public func asksDebtor(_ id: RuleID) -> Bool {
        rules.firstIndex { $0.id == id }.map { conditions[$0].when.asksDebtor } ?? false
    }

    /// The rule of that identifier, ``otherwise`` included; nil when this standard has none.
    public func rule(_ id: RuleID) -> Rule? {
        id == otherwise.id ? otherwise : rules.first { $0.id == id }
    }
}

extension Standard {
    /// The format of the files that this program reads.
    public static let format = 2
    /// The longest file, in bytes.
    public static let bytesMax = 256 * 1024
    /// The most rules.
    public static let rulesMax = 100
    /// The most steps (tests and groups) of all rules together, and entries of one group.
    public static let stepsMax = 1_000
    /// The deepest nesting of conditions.
    public static let depthMax = 8
    /// The most different tests of a debtor.
    public static let debtorTestsMax = 16
    /// The longest text of a file, in bytes.
    public static let textBytesMax = 1_000
}
