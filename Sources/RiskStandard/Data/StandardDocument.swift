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
    let settings: Settings
    let otherwise: Otherwise
    let rules: [RuleEntry]
    let observation: ObservationEntry?

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

    /// When a restructured loan is under observation, and what makes that begin anew.
    struct ObservationEntry: Decodable {
        let when: Condition
        let except: Condition?
        let restartedBy: Condition
    }
}

extension StandardDocument {
    enum CodingKeys: String, CodingKey {
        case format, id, title, titleZh, source, inForce, classes, facts, settings, otherwise
        case rules, observation
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        guard try members.integer(.format) == Standard.format else {
            throw members.error(.format, .unknownFormat)
        }
        id = try members.value(.id, .malformed) { StandardID($0) }
        title = try members.text(.title)
        titleZh = try members.text(.titleZh)
        source = try members.text(.source)
        inForce = try members.value(.inForce, .malformed) { CalendarDate($0)?.description }
        classes = try members.list(.classes, max: RiskClass.allCases.count)
        let names: [String] = try members.list(.facts, max: LoanFacts.names.count)
        facts = try names.map { name in
            guard let fact = LoanFacts.Name(rawValue: name) else {
                throw members.error(.facts, .unknownFact(name))
            }
            return fact
        }
        settings = try members.decode(Settings.self, forKey: .settings)
        otherwise = try members.decode(Otherwise.self, forKey: .otherwise)
        rules = try members.list(.rules, max: Standard.rulesMax)
        observation =
            members.contains(.observation)
            ? try members.decode(ObservationEntry.self, forKey: .observation) : nil
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

extension StandardDocument.ObservationEntry {
    enum CodingKeys: String, CodingKey {
        case when, except, restartedBy
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        when = try members.decode(Condition.self, forKey: .when)
        except =
            members.contains(.except) ? try members.decode(Condition.self, forKey: .except) : nil
        restartedBy = try members.decode(Condition.self, forKey: .restartedBy)
    }
}
