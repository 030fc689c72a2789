extension Condition: Decodable {
    enum CodingKeys: String, CodingKey {
        case fact, over, atLeast, atMost, `is`, segment, all, any
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.members(CodingKeys.self)
        let keys = Set(members.allKeys)
        if let test = keys.subtracting([.fact]).first, keys == [.fact, test] {
            self = .fact(try FactTest(members, operator: test))
        } else if keys == [.segment] {
            self = .segment(try members.value(.segment, .malformed) { Segment(rawValue: $0) })
        } else if keys == [.all] {
            self = .all(try members.list(.all, max: Standard.stepsMax))
        } else if keys == [.any] {
            self = .any(try members.list(.any, max: Standard.stepsMax))
        } else {
            throw StandardError.invalid(at: place(decoder.codingPath), .notOneTest)
        }
    }
}

extension FactTest {
    fileprivate init(
        _ members: KeyedDecodingContainer<Condition.CodingKeys>,
        operator test: Condition.CodingKeys
    ) throws {
        let name = try members.decode(String.self, forKey: .fact)
        guard let fact = LoanFacts.Name(rawValue: name) else {
            throw members.error(.fact, .unknownFact(name))
        }
        self.fact = fact
        switch (fact.slot, test) {
        case (.flag, .is):
            // A test for "not so" would be a negation in disguise.
            guard try members.decode(Bool.self, forKey: .is) else {
                throw members.error(.is, .outOfRange)
            }
            bounds = 1...1
        case (.number(_, let range), .over), (.number(_, let range), .atLeast),
            (.number(_, let range), .atMost):
            let limit = try members.integer(test)
            guard let bounds = Self.bounds(test, limit, within: range) else {
                throw members.error(test, .outOfRange)
            }
            self.bounds = bounds
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
}
