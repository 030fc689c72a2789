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
            case .number(_, let range):
                [.null, .integer(range.lowerBound), .integer(range.upperBound)]
            case .date: [.null, .date(day("1900-01-01")), .date(day("2999-12-31"))]
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
        case .date(let path): facts[keyPath: path] = .known(today)
        }
        for other in LoanFacts.Name.allCases {
            #expect(facts.number(of: other) == (other == name ? top : 0))
            let isDated = other == name && facts.date(of: other) == .known(today)
            #expect(isDated || facts.date(of: other) == .absent)
        }
        #expect(facts.marks.stated == name.bit)
        #expect(facts.marks.pressing == name.bit)
        facts = try LoanFacts(fields: [(name.rawValue, .null)])
        #expect(facts.number(of: name) == nil)
        #expect(facts.marks.pressing == name.bit)
    }

    @Test("a fact that is denied is stated and matters to no rule")
    func denied() {
        let facts = LoanFacts.with {
            $0.daysPastDue = .known(0)
            $0.liquidation = .known(false)
        }
        #expect(facts.marks.stated.nonzeroBitCount == 2)
        #expect(facts.marks.pressing == 0)
        let bits = LoanFacts.Name.allCases.map(\.bit)
        #expect(Set(bits).count == bits.count)
        #expect(bits.allSatisfy { $0.trailingZeroBitCount == bits.firstIndex(of: $0) })
        #expect(!bits.contains(FactMarks.always))
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
            case .number, .date: .bool(true)
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

    /// Facts that can't be on 31 October 2025 for an account opened in March 2024.
    static let impossibleFacts: [(FactsError, @Sendable (inout LoanFacts) -> Void)] = [
        (.beforeOpening(.restructuredOn), { $0.restructuredOn = .known(day("2024-02-29")) }),
        (.beforeOpening(.arrearsClearedOn), { $0.arrearsClearedOn = .known(day("2024-02-29")) }),
        (.afterAsOf(.restructuredOn), { $0.restructuredOn = .known(day("2025-11-01")) }),
        (.afterAsOf(.arrearsClearedOn), { $0.arrearsClearedOn = .known(day("2025-11-01")) }),
        (
            .afterAsOf(.observationRestartedOn),
            {
                $0.restructuredOn = .known(day("2025-01-01"))
                $0.observationRestartedOn = .known(day("2025-11-01"))
            }
        ),
        (
            .before(.firstPaymentOn, .restructuredOn),
            {
                $0.restructuredOn = .known(day("2025-01-02"))
                $0.firstPaymentOn = .known(day("2025-01-01"))
            }
        ),
        (
            .contradiction(.firstPaymentOn, without: .restructuredOn),
            { $0.firstPaymentOn = .known(day("2025-01-01")) }
        ),
        (
            .contradiction(.observationRestartedOn, without: .restructuredOn),
            { $0.observationRestartedOn = .known(day("2025-01-01")) }
        ),
        (
            .contradiction(.restructuredAgain, without: .restructuredOn),
            { $0.restructuredAgain = .known(true) }
        ),
        (
            .contradiction(.difficultyOver, without: .restructuredOn),
            { $0.difficultyOver = .known(true) }
        ),
        (
            .excluded(.arrearsClearedOn, by: .daysPastDue),
            {
                $0.daysPastDue = .known(31)
                $0.arrearsClearedOn = .known(day("2025-10-01"))
            }
        ),
        (
            .excluded(.periodsPaid, by: .paymentPeriodMonths),
            {
                $0.arrearsClearedOn = .known(day("2025-05-01"))
                $0.periodsPaid = .known(2)
                $0.paymentPeriodMonths = .known(6)
            }
        ),
        (.outOfRange(.periodsPaid, 0...1_200), { $0.periodsPaid = .known(-1) }),
        (.outOfRange(.paymentPeriodMonths, 1...120), { $0.paymentPeriodMonths = .known(0) }),
        (.outOfRange(.materialDaysPastDue, 0...36_500), { $0.materialDaysPastDue = .known(-1) }),
    ]

    @Test(
        "refuses what can't be and names the fact",
        arguments: LoanFactsTests.impossibleFacts.indices)
    func impossible(_ row: Int) throws {
        let (error, change) = Self.impossibleFacts[row]
        let facts = LoanFacts.with(change)
        let opened = try #require(YearMonth("2024-03"))
        #expect(throws: error) { try facts.check(asOf: today, opened: opened) }
        #expect(error.description.hasPrefix(error.field + ":"))
        #expect(LoanFacts.names.contains(error.field))
    }

    @Test("takes what only just can be")
    func justPossible() throws {
        let opened = try #require(YearMonth("2024-03"))
        let facts = LoanFacts.with {
            $0.restructuredOn = .known(day("2024-03-01"))
            $0.firstPaymentOn = .known(day("2025-12-01"))
            $0.difficultyOver = .known(true)
            $0.daysPastDue = .known(30)
            $0.arrearsClearedOn = .known(day("2025-10-01"))
        }
        try facts.check(asOf: today, opened: opened)
        try LoanFacts.with {
            $0.arrearsClearedOn = .known(day("2025-04-30"))
            $0.periodsPaid = .known(2)
            $0.paymentPeriodMonths = .known(6)
        }.check(asOf: today, opened: opened)
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
