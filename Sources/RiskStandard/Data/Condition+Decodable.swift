extension Condition: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case fact, over, atLeast, atMost, `is`, monthsAgo, withinMonths, notWithinMonths, daysAgo
        case segment, all, any, debtorShare, debtorHas, moreThanDays, at
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        let keys = Set(members.allKeys)
        if let test = keys.subtracting([.fact]).first, keys == [.fact, test] {
            self = .fact(try FactTest(members, operator: test))
        } else if keys == [.segment] {
            self = .segment(try members.value(.segment, .malformed) { Segment(rawValue: $0) })
        } else if keys.contains(.debtorShare) || keys.contains(.debtorHas) {
            self = .debtor(try DebtorTest(members, keys: keys))
        } else if keys == [.all] {
            self = .all(try members.list(.all, max: Standard.stepsMax))
        } else if keys == [.any] {
            self = .any(try members.list(.any, max: Standard.stepsMax))
        } else {
            throw StandardError.invalid(at: place(decoder.codingPath), .notOneTest)
        }
    }
}

private typealias Members = KeyedDecodingContainer<Condition.CodingKeys>

extension FactTest {
    fileprivate init(_ members: Members, operator test: Condition.CodingKeys) throws {
        let name = try members.decode(String.self, forKey: .fact)
        guard let fact = LoanFacts.Name(rawValue: name) else {
            throw members.error(.fact, .unknownFact(name))
        }
        self.fact = fact
        switch (fact.slot, test) {
        case (.flag, .is), (.date, .is):
            // A test for "not so" would be a negation in disguise.
            guard try members.decode(Bool.self, forKey: .is) else {
                throw members.error(.is, .outOfRange)
            }
            (measure, bounds) = (.number, 1...1)
        case (.number(_, let range), .over), (.number(_, let range), .atLeast),
            (.number(_, let range), .atMost):
            let limit = try members.integer(test)
            guard let bounds = Self.bounds(test, limit, within: range) else {
                throw members.error(test, .outOfRange)
            }
            (measure, self.bounds) = (.number, bounds)
        case (.date, .monthsAgo), (.date, .withinMonths), (.date, .notWithinMonths),
            (.date, .daysAgo):
            let limit = try members.integer(test)
            guard (1...Self.ageMax / 2).contains(limit) else {
                throw members.error(test, .outOfRange)
            }
            guard let age = Self.age(test, limit, of: fact) else {
                throw StandardError.invalid(at: place(members.codingPath), .operatorMismatch)
            }
            (measure, bounds) = age
        default:
            throw StandardError.invalid(at: place(members.codingPath), .operatorMismatch)
        }
    }

    /// The numbers that pass; nil when that would be all of them or none.
    private static func bounds(
        _ test: Condition.CodingKeys, _ limit: Int, within range: ClosedRange<Int>
    ) -> ClosedRange<Int>? {
        guard range.contains(limit) else { return nil }
        switch test {
        case .over where limit < range.upperBound: return limit + 1...range.upperBound
        case .atLeast where limit > range.lowerBound: return limit...range.upperBound
        case .atMost where limit < range.upperBound: return range.lowerBound...limit
        default: return nil
        }
    }

    /// The ages that pass; nil where leaving the fact out would count for more than its truth: a
    /// day that excuses by its age must be stated, one that aggravates while it is young need not.
    private static func age(
        _ test: Condition.CodingKeys, _ limit: Int, of fact: LoanFacts.Name
    ) -> (Measure, ClosedRange<Int>)? {
        let isTroubleThatPasses = fact.effect == .aggravates && fact.ageEffect == .excuses
        let isOneWay = fact.effect == fact.ageEffect && fact.effect != .describes
        switch test {
        case .monthsAgo where isOneWay: return (.months, limit...ageMax)
        case .daysAgo where isOneWay: return (.days, limit...ageMax)
        case .withinMonths where isTroubleThatPasses: return (.months, 0...limit - 1)
        case .notWithinMonths where isTroubleThatPasses: return (.monthsOrAbsent, limit...ageMax)
        default: return nil
        }
    }
}

extension DebtorTest {
    fileprivate init(_ members: Members, keys: Set<Condition.CodingKeys>) throws {
        func wanted(_ key: Condition.CodingKeys) throws -> String {
            try members.decode(String.self, forKey: key)
        }
        switch keys {
        case [.debtorShare, .at, .over]:
            guard try wanted(.debtorShare) == "non-performing" else {
                throw members.error(.debtorShare, .malformed)
            }
            subject = .nonPerformingShare(over: try Self.share(members))
        case [.debtorShare, .moreThanDays, .at, .over]:
            guard try wanted(.debtorShare) == "overdue" else {
                throw members.error(.debtorShare, .malformed)
            }
            let days = try members.integer(.moreThanDays)
            guard (0..<LoanFacts.daysPastDueMax).contains(days) else {
                throw members.error(.moreThanDays, .outOfRange)
            }
            subject = .overdueShare(moreThanDays: days, over: try Self.share(members))
        case [.debtorHas, .at]:
            subject = try members.value(.debtorHas, .malformed) { text in
                switch text {
                case "non-performing": .otherNonPerforming
                case "credit-impaired": .otherImpaired
                default: nil
                }
            }
        default:
            throw StandardError.invalid(at: place(members.codingPath), .notOneTest)
        }
        scope = try members.value(.at, .malformed) { Scope(rawValue: $0) }
    }

    private static func share(_ members: Members) throws -> Int {
        let share = try members.integer(.over)
        guard (0..<shareMax).contains(share) else { throw members.error(.over, .outOfRange) }
        return share
    }
}
