/// A risk standard: facts in, class and reasons out.
///
/// A standard is a versioned file of thresholds and rules (`protocol/standards/README.md`); this
/// type is that file, checked and compiled. It reads no clock and no file, so anyone who has the
/// version and the facts gets the same class.
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
    /// Its rules, in the order of the file.
    public let rules: [Rule]
    /// The rule that stands for "no rule applies".
    public let otherwise: Rule

    private let ranked: [RankedRule]
    private let program: RuleProgram
    private let undefinedFacts: [LoanFacts.Name]

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
        rules = compiler.rules
        otherwise = compiler.otherwise
        ranked = compiler.ranked
        program = compiler.program
        undefinedFacts = LoanFacts.Name.allCases.filter { !document.facts.contains($0) }
    }

    /// The rule of that identifier, ``otherwise`` included; nil when this standard has none.
    public func rule(_ id: RuleID) -> Rule? {
        id == otherwise.id ? otherwise : rules.first { $0.id == id }
    }

    /// Classifies one loan by its facts.
    ///
    /// With unknown facts the class is what the known ones demand, and `isAtLeast` says whether
    /// it could be worse.
    ///
    /// - Throws: `FactsError`: the facts can't be, or this version does not define one of them.
    public func classify(
        _ facts: LoanFacts, segment: Segment
    ) throws(FactsError) -> Classification {
        try facts.check()
        for name in undefinedFacts where facts.value(of: name) != nil { throw .notInStandard(name) }

        var floors: [Floor] = []
        var worstPossible = RiskClass.normal
        for rule in ranked {
            switch program.truth(at: rule.start, facts, segment) {
            case .yes: floors.append(rule.floor)
            case .unknown: worstPossible = max(worstPossible, rule.floor.riskClass)
            case .no: break
            }
        }
        let riskClass = floors.first?.riskClass ?? otherwise.riskClass
        return Classification(
            riskClass: riskClass, decidedBy: floors.first?.rule ?? otherwise.id,
            isAtLeast: worstPossible > riskClass, floors: floors)
    }
}

extension Standard {
    /// The longest file, in bytes.
    public static let bytesMax = 256 * 1024
    /// The most rules.
    public static let rulesMax = 100
    /// The most steps (tests and groups) of all rules together, and entries of one group.
    public static let stepsMax = 1_000
    /// The deepest nesting of conditions.
    public static let depthMax = 8
    /// The longest text of a file, in bytes.
    public static let textBytesMax = 1_000
}
