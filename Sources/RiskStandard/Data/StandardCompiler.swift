/// Turns a decoded file into the flat form that classifies, and refuses a file that does not hang
/// together.
struct StandardCompiler {
    private let document: StandardDocument
    private var program = RuleProgram()
    private var added: [(rule: RankedRule, floor: Floor)] = []
    /// The rules, in the order of the file.
    private(set) var rules: [Rule] = []
    /// What their conditions say, in the same order.
    private(set) var conditions: [RuleCondition] = []
    let otherwise: Rule
    private(set) var compiled: CompiledRules

    init(_ document: StandardDocument) throws(StandardError) {
        self.document = document
        let entry = document.otherwise
        otherwise = Rule(
            id: try Self.ruleID(document, "otherwise", entry.article, nil),
            riskClass: .normal, title: entry.title, titleZh: entry.titleZh)
        compiled = CompiledRules(
            ranked: [], asking: [], floors: [], fileOrder: [], program: program,
            observation: nil, observationNeeds: 0, undefined: 0)
        try checkClasses()
        try checkFacts()
        for (index, entry) in document.rules.enumerated() {
            try add(entry, at: "rules[\(index)]")
        }
        let observation = try document.observation.map { entry throws(StandardError) in
            try add(entry)
        }
        compiled = ranked(observation)
    }

    /// The classes must be a list from normal upwards, so that "at least" means something.
    private func checkClasses() throws(StandardError) {
        let classes = document.classes.map(\.title.riskClass)
        let isRising = zip(classes, classes.dropFirst()).allSatisfy { $0 < $1 }
        guard classes.first == .normal, isRising else {
            throw .invalid(at: "classes", .classesNotRising)
        }
    }

    private func checkFacts() throws(StandardError) {
        guard Set(document.facts).count == document.facts.count else {
            throw .invalid(at: "facts", .duplicate)
        }
    }

    private mutating func add(
        _ entry: StandardDocument.RuleEntry, at place: String
    ) throws(StandardError) {
        let id = try Self.ruleID(document, place, entry.article, entry.item)
        guard id != otherwise.id, !rules.contains(where: { $0.id == id }) else {
            throw .invalid(at: place, .duplicate)
        }
        guard entry.riskClass > .normal,
            document.classes.contains(where: { $0.title.riskClass == entry.riskClass })
        else { throw .invalid(at: "\(place).class", .classNotListed) }

        let start = try add(entry.when, entry.except, at: place)
        let floor = Floor(rule: id, riskClass: entry.riskClass)
        let ranked = RankedRule(
            riskClass: entry.riskClass, start: start,
            needs: counted(entry.when).needs ?? FactMarks.always,
            requiresDebtor: entry.when.requiresDebtor, asksClasses: entry.when.asksClasses)
        added.append((ranked, floor))
        conditions.append(
            RuleCondition(when: counted(entry.when), except: entry.except.map(counted)))
        rules.append(
            Rule(
                id: id, riskClass: entry.riskClass, title: entry.title, titleZh: entry.titleZh))
    }

    private mutating func add(
        _ entry: StandardDocument.ObservationEntry
    ) throws(StandardError) -> (start: Int, restart: Int) {
        let start = try add(entry.when, entry.except, at: "observation")
        try check(entry.restartedBy, .reason, at: "observation.restartedBy")
        return (start, program.append(counted(entry.restartedBy), except: nil))
    }

    private mutating func add(
        _ when: Condition, _ except: Condition?, at place: String
    ) throws(StandardError) -> Int {
        try check(when, .reason, at: "\(place).when")
        if let except { try check(except, .excuse, at: "\(place).except") }
        let start = program.append(counted(when), except: except.map(counted))
        guard program.count <= Standard.stepsMax else {
            throw .invalid(at: place, .tooMany(max: Standard.stepsMax))
        }
        guard program.debtorTests.count <= Standard.debtorTestsMax else {
            throw .invalid(at: place, .tooMany(max: Standard.debtorTestsMax))
        }
        return start
    }

    /// The condition with days counted as facts count them.
    private func counted(_ condition: Condition) -> Condition {
        document.settings.firstDay == .afterDueDate ? condition : condition.countedFromDueDate
    }

    /// Worst first; of equally bad ones those about the loan itself before those about its debtor,
    /// then in the order of the file: the first that applies decides.
    private func ranked(_ observation: (start: Int, restart: Int)?) -> CompiledRules {
        // Sorting in the standard library keeps the order of equals.
        let order = added.indices.sorted { left, right in
            let (left, right) = (added[left].rule, added[right].rule)
            if left.riskClass != right.riskClass { return left.riskClass > right.riskClass }
            return !left.asksClasses && right.asksClasses
        }
        return CompiledRules(
            ranked: order.map { added[$0].rule },
            asking: order.indices.filter { added[order[$0]].rule.asksClasses },
            floors: order.map { added[$0].floor },
            fileOrder: order, program: program, observation: observation,
            observationNeeds: document.observation?.when.needs ?? FactMarks.always,
            undefined: LoanFacts.Name.allCases.reduce(0) { set, name in
                document.facts.contains(name) ? set : set | name.bit
            })
    }

    private static func ruleID(
        _ document: StandardDocument, _ place: String, _ article: Int, _ item: Int?
    ) throws(StandardError) -> RuleID {
        guard let id = RuleID(standard: document.id.name, article: article, item: item) else {
            throw .invalid(at: place, .malformed)
        }
        return id
    }
}

extension StandardCompiler {
    /// What a condition is for.
    private enum Part {
        case reason
        case excuse
    }

    private func check(
        _ condition: Condition, _ part: Part, at place: String, depth: Int = 1
    ) throws(StandardError) {
        guard depth <= Standard.depthMax else {
            throw .invalid(at: place, .tooDeep(max: Standard.depthMax))
        }
        switch condition {
        case .segment: break
        case .debtor:
            // What the debtor does elsewhere can only be a reason.
            guard part == .reason else { throw .invalid(at: place, .notMonotonic) }
        case .fact(let test):
            guard document.facts.contains(test.fact) else {
                throw .invalid(at: place, .factNotListed)
            }
            guard test.fact.effect != .describes, test.worsens == (part == .reason) else {
                throw .invalid(at: place, .notMonotonic)
            }
        case .all(let parts):
            for (index, inner) in parts.enumerated() {
                try check(inner, part, at: "\(place).all[\(index)]", depth: depth + 1)
            }
        case .any(let parts):
            for (index, inner) in parts.enumerated() {
                try check(inner, part, at: "\(place).any[\(index)]", depth: depth + 1)
            }
        }
    }
}
