import RiskStandard
import Testing

@testable import Book

@Suite("Survey of a file")
struct SurveyTests {
    private static let blocks = "ownClasses: { A: normal, B: special-mention, C: substandard }"

    private func mapping(_ blocks: String = blocks) throws -> ColumnMapping {
        try BookFixture.mapping(
            columns: "balance: BAL\ndaysPastDue: DPD\nownClass: OWN", blocks: blocks)
    }

    private func survey(
        _ csv: String, _ mapping: ColumnMapping,
        check: @escaping BookSurveyor.IdentifierCheck = { _, _ in nil }
    ) throws -> BookSurvey {
        let id = try #require(StandardID("cn-2023@1"))
        let standard = try #require(StandardLibrary.embedded.standard(id))
        var reader = try ParallelBookReader(mapping: mapping, source: .bytes(Array(csv.utf8)))
        return try BookSurveyor(mapping: mapping, standard: standard, check: check)
            .survey(&reader)
    }

    @Test("sets the lender's classes beside the standard's and finds what is too good")
    func table() throws {
        let survey = try survey(
            """
            ID,ACC,BAL,DPD,OWN
            1,a,10.00,0,A
            1,b,20.00,95,A
            2,c,30.00,95,C
            3,d,,8,B
            4,e,5.00,,A
            5,f,1.00,400,odd
            6,g,2.00,0,
            6,h,x,0,A
            """, mapping())
        func sum(_ own: String?, _ riskClass: RiskClass) -> BookSurvey.Sum? {
            survey.classes[.init(own: own, riskClass: riskClass)]
        }
        #expect(survey.counts == BookCounts(rows: 8, records: 7, rejected: 1))
        #expect(survey.accounts == 7)
        #expect(sum("A", .normal)?.count == 2)
        #expect(sum("A", .normal)?.balances == ["CNY": 1_500])
        #expect(sum("A", .substandard)?.balances == ["CNY": 2_000])
        #expect(sum("C", .substandard)?.count == 1)
        #expect(sum("B", .specialMention)?.balances == [:])
        #expect(sum("odd", .loss)?.count == 1)
        #expect(sum(nil, .normal)?.count == 1)
        #expect(survey.classes.count == 6)
        #expect(survey.atLeast == 1)
        #expect(survey.tooGoodCount == 1)
        #expect(survey.tooGood.map(\.line) == [3])
        #expect(survey.tooGood.first?.riskClass == .substandard)
        #expect(survey.rejects.mapValues(\.count) == ["value-malformed": 1])
        #expect(survey.rejects["value-malformed"]?.places == [.init(line: 9, column: "BAL")])
    }

    @Test("without 'ownClasses' the standard's own words are compared")
    func ownWords() throws {
        let mapping = try mapping("")
        #expect(mapping.riskClass(ofOwn: "关注类") == .specialMention)
        #expect(mapping.riskClass(ofOwn: "loss") == .loss)
        #expect(mapping.riskClass(ofOwn: "A") == nil)
        #expect(try self.mapping().riskClass(ofOwn: "关注") == nil)
        let survey = try survey("ID,ACC,BAL,DPD,OWN\n1,a,1,95,正常\n1,b,1,95,次级\n", mapping)
        #expect(survey.tooGood.map(\.own) == [.normal])
    }

    @Test("accounts that stand twice are counted once, wherever they stand")
    func doubles() throws {
        let rows = (0..<30_000).map { "1,\($0),1.00,0,A\n" }.joined()
        let survey = try survey(
            "ID,ACC,BAL,DPD,OWN\n\(rows)1,7,1.00,0,A\n2,7,1.00,0,A\n", mapping())
        #expect(survey.accounts == 30_001)
        #expect(survey.rejects.mapValues(\.count) == ["duplicate-account": 1])
        #expect(survey.rejects["duplicate-account"]?.places.map(\.line) == [30_002])
        #expect(survey.sawAllDoubles)
    }

    @Test("identifiers are judged; rounded ones whose check fails are damaged")
    func identifiers() throws {
        let rows = [
            "999999199012310000,a", "999999199012310022,b", "4.2E+17,c", "999999199012311000,d",
            "12,e",
        ].map { "\($0),1,0,A\n" }.joined()
        let survey = try survey("ID,ACC,BAL,DPD,OWN\n\(rows)", mapping()) { scheme, identifier in
            #expect(scheme == "cn-rid")
            return identifier.hasSuffix("22")
                ? nil : identifier.count < 18 ? "identifier-length" : "identifier-check-character"
        }
        #expect(
            survey.rejects.mapValues(\.count) == [
                "identifier-damaged-by-spreadsheet": 3, "identifier-length": 1,
            ])
        #expect(survey.damage.damaged == 3)
        #expect(survey.damage.rows == 5)
        #expect(survey.damage.refusesFile)
        #expect(survey.accounts == 1)
    }

    @Test("the table does not grow with what a column holds")
    func bounds() throws {
        let rows = (0..<2_000).map { "1,\($0),1,0,own-\($0)\n" }.joined()
        let survey = try survey("ID,ACC,BAL,DPD,OWN\n\(rows)", mapping())
        #expect(
            survey.classes.count
                <= BookLimits.surveyOwnClassesMax * RiskClass.allCases.count + 1)
        #expect(survey.accounts == 2_000)
        #expect((survey.classes[.init(own: nil, riskClass: .normal)]?.count ?? 0) > 1_000)
    }
}
