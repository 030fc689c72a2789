import Testing

@testable import RiskStandard

@Suite("Loan facts")
struct LoanFactsTests {
    @Test("nothing to say gives no fields")
    func empty() throws {
        #expect(LoanFacts().fields.isEmpty)
        #expect(try LoanFacts(fields: []) == LoanFacts())
    }

    @Test("every fact is carried in each of its states", arguments: LoanFacts.Name.allCases)
    func carries(_ name: LoanFacts.Name) throws {
        let values: [FactValue] =
            switch name.slot {
            case .flag: [.null, .bool(true), .bool(false)]
            case .number(_, let range): [.null, .integer(0), .integer(range.upperBound)]
            }
        for value in values {
            let facts = try LoanFacts(fields: [(name.rawValue, value)])
            #expect(facts != LoanFacts())
            #expect(facts.fields.map(\.name) == [name.rawValue])
            #expect(facts.fields.map(\.value) == [value])
        }
    }

    @Test("the fast table of numbers reads the same facts", arguments: LoanFacts.Name.allCases)
    func numbers(_ name: LoanFacts.Name) throws {
        let top = name.numbers.upperBound
        var facts = LoanFacts()
        for other in LoanFacts.Name.allCases { #expect(facts.number(of: other) == 0) }
        switch name.slot {
        case .flag(let path): facts[keyPath: path] = .known(true)
        case .number(let path, _): facts[keyPath: path] = .known(top)
        }
        for other in LoanFacts.Name.allCases {
            #expect(facts.number(of: other) == (other == name ? top : 0))
        }
        facts = try LoanFacts(fields: [(name.rawValue, .null)])
        #expect(facts.number(of: name) == nil)
    }

    @Test("fields come in the order of the names")
    func order() throws {
        let fields = LoanFacts.names.reversed().map { (name: $0, value: FactValue.null) }
        #expect(try LoanFacts(fields: fields).fields.map(\.name) == LoanFacts.names)
    }

    @Test("refuses an unknown name and shows it only when it is harmless")
    func unknownName() {
        #expect(throws: FactsError.unknownName(UnknownFactName("dayPastDue"))) {
            try LoanFacts(fields: [("dayPastDue", .integer(1))])
        }
        #expect(UnknownFactName("dayPastDue").description == "dayPastDue")
        let unreadable = [
            "", "999999199012310022", "a b", "逾期", "days\n", String(repeating: "a", count: 41),
        ]
        for name in unreadable {
            #expect(UnknownFactName(name).description == "(unreadable)")
        }
    }

    @Test("refuses a fact stated twice, even when unknown", arguments: LoanFacts.Name.allCases)
    func duplicate(_ name: LoanFacts.Name) {
        #expect(throws: FactsError.duplicate(name)) {
            try LoanFacts(fields: [(name.rawValue, .null), (name.rawValue, .null)])
        }
    }

    @Test("refuses a value of the wrong kind", arguments: LoanFacts.Name.allCases)
    func wrongType(_ name: LoanFacts.Name) {
        let value: FactValue =
            switch name.slot {
            case .flag: .integer(1)
            case .number: .bool(true)
            }
        #expect(throws: FactsError.wrongType(name)) {
            try LoanFacts(fields: [(name.rawValue, value)])
        }
    }

    @Test(
        "refuses numbers outside their range, read or set",
        arguments: [
            (LoanFacts.Name.daysPastDue, -1), (.daysPastDue, 36_501), (.daysPastDue, Int.min),
            (.daysPastDue, Int.max), (.expectedLossBasisPoints, -1),
            (.expectedLossBasisPoints, 10_001),
        ])
    func outOfRange(_ name: LoanFacts.Name, _ number: Int) throws {
        let expected = FactsError.outOfRange(name, name.numbers)
        #expect(throws: expected) {
            try LoanFacts(fields: [(name.rawValue, .integer(number))])
        }
        var facts = LoanFacts.with { $0.creditImpaired = .known(true) }
        if name == .daysPastDue {
            facts.daysPastDue = .known(number)
        } else {
            facts.expectedLossBasisPoints = .known(number)
        }
        let standard = try cn2023()
        #expect(throws: expected) { try standard.classify(facts, segment: .retail) }
        #expect(expected.field == name.rawValue)
        #expect(!expected.description.contains("\(number)"))
    }

    @Test(
        "refuses expected loss without impairment",
        arguments: [Fact<Bool>.absent, .known(false)])
    func lossWithoutImpairment(_ impaired: Fact<Bool>) throws {
        let facts = LoanFacts.with {
            $0.creditImpaired = impaired
            $0.expectedLossBasisPoints = .known(0)
        }
        let standard = try cn2023()
        #expect(
            throws: FactsError.contradiction(.expectedLossBasisPoints, without: .creditImpaired)
        ) {
            try standard.classify(facts, segment: .retail)
        }
    }

    @Test(
        "refuses a renewal without new borrowing",
        arguments: [Fact<Bool>.absent, .known(false)])
    func renewalWithoutBorrowing(_ borrowing: Fact<Bool>) throws {
        let facts = LoanFacts.with {
            $0.repaidByNewBorrowing = borrowing
            $0.qualifyingRenewal = .known(true)
        }
        let standard = try cn2023()
        let error = FactsError.contradiction(.qualifyingRenewal, without: .repaidByNewBorrowing)
        #expect(throws: error) { try standard.classify(facts, segment: .retail) }
        #expect(error.field == "qualifyingRenewal")
    }

    @Test("beside an unknown fact nothing is impossible")
    func besideUnknown() throws {
        let standard = try cn2023()
        let facts = LoanFacts.with {
            $0.creditImpaired = .unknown
            $0.expectedLossBasisPoints = .known(9_500)
            $0.repaidByNewBorrowing = .unknown
            $0.qualifyingRenewal = .known(true)
        }
        #expect(try standard.classify(facts, segment: .retail).isAtLeast)
    }

    @Test("a denied excuse is no contradiction, nor is a cause without a delay")
    func harmless() throws {
        let standard = try cn2023()
        let facts = LoanFacts.with {
            $0.qualifyingRenewal = .known(false)
            $0.technicalCause = .known(true)
        }
        #expect(try standard.classify(facts, segment: .retail).riskClass == .normal)
    }

    @Test("classes rise from normal to loss; the last three are non-performing")
    func classes() {
        #expect(RiskClass.allCases == RiskClass.allCases.sorted())
        #expect(
            RiskClass.allCases.filter(\.isNonPerforming) == [.substandard, .doubtful, .loss])
        #expect(RiskClass.normal < .specialMention && RiskClass.doubtful < .loss)
    }
}
