import Testing

@testable import RiskStandard

/// Not standards to use: just enough of three other rule books to show that the format carries
/// them (protocol/standards/README.md, "Other standards").
@Suite("Other rule books as data")
struct OtherStandardsTests {
    private func standard(
        _ id: String, facts: String, firstDay: String = "after-due-date", rules: String
    ) throws -> Standard {
        try Standard(
            json: Array(
                """
                {"format":2,"id":"\(id)@1","title":"T","titleZh":"题","source":"S",
                 "inForce":"2021-01-01","classes":[
                  {"class":"normal","title":"N","titleZh":"正"},
                  {"class":"special-mention","title":"M","titleZh":"关"},
                  {"class":"substandard","title":"S","titleZh":"次"},
                  {"class":"doubtful","title":"D","titleZh":"可"},
                  {"class":"loss","title":"L","titleZh":"损"}],
                 "facts":[\(facts)],
                 "settings":{"firstDay":"\(firstDay)","overduePart":"whole-balance",
                  "allInstitutions":"members","technicalCause":"documented"},
                 "otherwise":{"article":1,"title":"T","titleZh":"题"},"rules":[\(rules)]}
                """.utf8))
    }

    private func rule(
        _ article: Int, _ riskClass: String, _ when: String, except: String? = nil
    ) -> String {
        let except = except.map { #","except":\#($0)"# } ?? ""
        return #"{"article":\#(article),"class":"\#(riskClass)","title":"T","titleZh":"题","#
            + #""when":\#(when)\#(except)}"#
    }

    @Test("EU: material days past due, unlikely to pay, 20 % of the debtor, 3 or 12 months back")
    func euDefinitionOfDefault() throws {
        let eu = try standard(
            "eu-dod",
            facts: #"""
                "materialDaysPastDue","daysPastDue","unlikelyToPay","wasNonPerforming",
                "arrearsClearedOn","restructuredOn","firstPaymentOn"
                """#,
            rules: [
                rule(178, "substandard", #"{"fact":"materialDaysPastDue","over":90}"#),
                rule(179, "substandard", #"{"fact":"unlikelyToPay","is":true}"#),
                rule(
                    180, "substandard",
                    #"{"debtorShare":"overdue","moreThanDays":90,"at":"institution","over":2000}"#),
                rule(
                    71, "substandard", #"{"fact":"wasNonPerforming","is":true}"#,
                    except: #"{"fact":"arrearsClearedOn","monthsAgo":3}"#),
                rule(
                    72, "substandard",
                    #"""
                    {"all":[{"fact":"wasNonPerforming","is":true},
                            {"fact":"restructuredOn","is":true}]}
                    """#,
                    except: #"{"fact":"firstPaymentOn","monthsAgo":12}"#),
            ].joined(separator: ","))
        func judge(_ change: (inout LoanFacts) -> Void) throws -> String {
            try eu.classify(.with(change), segment: .retail).shown
        }
        #expect(try judge { $0.materialDaysPastDue = .known(90) } == "normal eu-dod/1")
        #expect(try judge { $0.materialDaysPastDue = .known(91) } == "substandard eu-dod/178")
        // An immaterial amount, however long past due.
        #expect(try judge { $0.daysPastDue = .known(400) } == "normal eu-dod/1")
        #expect(
            try judge {
                $0.wasNonPerforming = .known(true)
                $0.arrearsClearedOn = .known(day("2025-08-01"))
            } == "substandard eu-dod/71")
        #expect(
            try judge {
                $0.wasNonPerforming = .known(true)
                $0.arrearsClearedOn = .known(day("2025-01-01"))
                $0.restructuredOn = .known(day("2024-11-01"))
                $0.firstPaymentOn = .known(day("2024-12-01"))
            } == "substandard eu-dod/72")
        #expect(
            try eu.first([
                .at(1, 79, segment: .retail), .at(1, 21, overdue: 91, segment: .retail),
            ]).shown == "substandard eu-dod/180")
    }

    @Test("US: closed-end loss at 120 days, open-end at 180, bankruptcy after 60 days of notice")
    func usUniformRetail() throws {
        let us = try standard(
            "us-ffiec", facts: #""daysPastDue","openEnd","bankruptcyNoticedOn""#,
            rules: [
                rule(1_001, "substandard", #"{"fact":"daysPastDue","atLeast":90}"#),
                rule(
                    1_002, "loss", #"{"fact":"daysPastDue","atLeast":120}"#,
                    except:
                        #"{"all":[{"fact":"openEnd","is":true},{"fact":"daysPastDue","atMost":179}]}"#
                ),
                rule(1_003, "loss", #"{"fact":"bankruptcyNoticedOn","daysAgo":60}"#),
            ].joined(separator: ","))
        func judge(_ days: Int, openEnd: Bool) throws -> RiskClass {
            let facts = LoanFacts.with {
                $0.daysPastDue = .known(days)
                $0.openEnd = .known(openEnd)
            }
            return try us.classify(facts, segment: .retail).riskClass
        }
        #expect(try judge(89, openEnd: false) == .normal)
        #expect(try judge(119, openEnd: false) == .substandard)
        #expect(try judge(120, openEnd: false) == .loss)
        #expect(try judge(179, openEnd: true) == .substandard)
        #expect(try judge(180, openEnd: true) == .loss)
        for (noticed, expected) in [("2025-09-02", RiskClass.normal), ("2025-09-01", .loss)] {
            let facts = LoanFacts.with { $0.bankruptcyNoticedOn = .known(day(noticed)) }
            #expect(try us.classify(facts, segment: .retail).riskClass == expected)
        }
    }

    @Test("India: the due date is day 1, the borrower as a whole, doubtful after 12 months")
    func inAssetClassification() throws {
        let india = try standard(
            "in-irac",
            facts: #""daysPastDue","nonPerformingOn","wasNonPerforming","arrearsClearedOn""#,
            firstDay: "due-date",
            rules: [
                rule(1, "special-mention", #"{"fact":"daysPastDue","atLeast":1}"#)
                    .replacing(#""article":1"#, with: #""article":2"#),
                rule(3, "substandard", #"{"fact":"daysPastDue","over":90}"#),
                rule(4, "substandard", #"{"debtorHas":"non-performing","at":"institution"}"#),
                rule(5, "doubtful", #"{"fact":"nonPerformingOn","monthsAgo":12}"#),
                rule(
                    6, "substandard", #"{"fact":"wasNonPerforming","is":true}"#,
                    except: #"{"fact":"daysPastDue","atMost":0}"#),
            ].joined(separator: ","))
        func judge(_ days: Int) throws -> String {
            try india.classify(.overdue(days), segment: .retail).shown
        }
        #expect(try judge(0) == "normal in-irac/1")
        #expect(try judge(1) == "special-mention in-irac/2")
        // 89 days after the due date are 90 with it.
        #expect(try judge(89) == "special-mention in-irac/2")
        #expect(try judge(90) == "substandard in-irac/3")
        #expect(
            try india.first([.at(1, 99, segment: .retail), .at(1, 1, overdue: 90)]).shown
                == "substandard in-irac/4")
        let old = LoanFacts.with {
            $0.daysPastDue = .known(400)
            $0.nonPerformingOn = .known(day("2024-10-31"))
        }
        #expect(try india.classify(old, segment: .retail).shown == "doubtful in-irac/5")
        let partlyPaid = LoanFacts.with {
            $0.daysPastDue = .known(10)
            $0.wasNonPerforming = .known(true)
        }
        #expect(try india.classify(partlyPaid, segment: .retail).shown == "substandard in-irac/6")
    }

    @Test("cn-microloan: non-performing from day 90 itself, otherwise as cn-2023")
    func microloan() throws {
        let id = try #require(StandardID("cn-microloan@1"))
        let micro = try #require(StandardLibrary.embedded.standard(id))
        let cn = try cn2023()
        for days in 0...400 {
            let expected =
                days == 90
                ? RiskClass.substandard
                : try cn.classify(.overdue(days), segment: .retail).riskClass
            #expect(try micro.classify(.overdue(days), segment: .retail).riskClass == expected)
        }
        #expect(
            try micro.first([.at(1, 79_99), .at(2, 20_01, overdue: 90)]).shown
                == "substandard cn-microloan/11.4")
        #expect(micro.rules.map(\.riskClass) == cn.rules.map(\.riskClass))
    }
}
