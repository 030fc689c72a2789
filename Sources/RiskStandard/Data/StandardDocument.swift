/// A standard's file, as `protocol/standards/schema.json` describes it.
///
/// Decoding checks what can be told from one place; ``StandardCompiler`` checks the whole.
struct StandardDocument: Decodable {
    let id: StandardID
    let title: String
    let titleZh: String
    let source: String
    let inForce: String
    let classes: [ClassEntry]
    let facts: [LoanFacts.Name]
    let otherwise: Otherwise
    let rules: [RuleEntry]

    /// One class and what the standard calls it.
    struct ClassEntry: Decodable {
        let title: ClassTitle
    }

    /// The rule that stands for "no rule applies".
    struct Otherwise: Decodable {
        let article: Int
        let title: String
        let titleZh: String
    }

    /// One rule: the class holds where `when` does, unless `except` does too.
    struct RuleEntry: Decodable {
        let article: Int
        let item: Int?
        let riskClass: RiskClass
        let title: String
        let titleZh: String
        let when: Condition
        let except: Condition?
    }
}

extension StandardDocument {
    enum CodingKeys: String, CodingKey {
        case id, title, titleZh, source, inForce, classes, facts, otherwise, rules
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        id = try members.value(.id, .malformed) { StandardID($0) }
        title = try members.text(.title)
        titleZh = try members.text(.titleZh)
        source = try members.text(.source)
        inForce = try members.value(.inForce, .malformed) { Self.isDate($0) ? $0 : nil }
        classes = try members.list(.classes, max: RiskClass.allCases.count)
        let names: [String] = try members.list(.facts, max: LoanFacts.names.count)
        facts = try names.map { name in
            guard let fact = LoanFacts.Name(rawValue: name) else {
                throw members.error(.facts, .unknownFact(name))
            }
            return fact
        }
        otherwise = try members.decode(Otherwise.self, forKey: .otherwise)
        rules = try members.list(.rules, max: Standard.rulesMax)
    }

    private static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 10
            && bytes.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == 0x2D : (0x30...0x39).contains(byte)
            }
    }
}

extension StandardDocument.Otherwise {
    enum CodingKeys: String, CodingKey {
        case article, title, titleZh
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        article = try members.integer(.article)
        title = try members.text(.title)
        titleZh = try members.text(.titleZh)
    }
}

extension StandardDocument.RuleEntry {
    enum CodingKeys: String, CodingKey {
        case article, item, title, titleZh, when, except
        case riskClass = "class"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        article = try members.integer(.article)
        item = members.contains(.item) ? try members.integer(.item) : nil
        riskClass = try members.riskClass(.riskClass)
        title = try members.text(.title)
        titleZh = try members.text(.titleZh)
        when = try members.decode(Condition.self, forKey: .when)
        except =
            members.contains(.except) ? try members.decode(Condition.self, forKey: .except) : nil
    }
}

extension StandardDocument.ClassEntry {
    enum CodingKeys: String, CodingKey {
        case riskClass = "class"
        case title, titleZh
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        title = ClassTitle(
            riskClass: try members.riskClass(.riskClass),
            title: try members.text(.title), titleZh: try members.text(.titleZh))
    }
}
