/// Turns a decoded file into the flat form that classifies, and refuses a file that does not hang
/// together.
struct StandardCompiler {
    private let document: StandardDocument
    private(set) var program = RuleProgram()
    private(set) var rules: [Rule] = []
    private(set) var ranked: [RankedRule] = []
    let otherwise: Rule

    init(_ document: StandardDocument) throws(StandardError) {
        self.document = document
        let entry = document.otherwise
        otherwise = Rule(
            id: try Self.ruleID(document, "otherwise", entry.article, nil),
            riskClass: .normal, title: entry.title, titleZh: entry.titleZh)
        try checkClasses()
        try checkFacts()
        for (index, entry) in document.rules.enumerated() {
            try add(entry, at: "rules[\(index)]")
        }
        rankRules()
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

        try check(entry.when, .reason, at: "\(place).when")
        if let except = entry.except { try check(except, .excuse, at: "\(place).except") }
        let start = program.append(entry.when, except: entry.except)
        guard program.count <= Standard.stepsMax else {
            throw .invalid(at: place, .tooMany(max: Standard.stepsMax))
        }
        ranked.append(
            RankedRule(floor: Floor(rule: id, riskClass: entry.riskClass), start: start))
        rules.append(
            Rule(
                id: id, riskClass: entry.riskClass, title: entry.title, titleZh: entry.titleZh))
    }

    /// Worst first, equally bad ones in the order of the file: then the first that applies
    /// decides.
    private mutating func rankRules() {
        // Sorting in the standard library keeps the order of equals.
        ranked.sort { $0.floor.riskClass > $1.floor.riskClass }
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
        case .fact(let test):
            guard document.facts.contains(test.fact) else {
                throw .invalid(at: place, .factNotListed)
            }
            guard test.worsens == (part == .reason) else {
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
