import Book
import RiskStandard
import Testing

@testable import Exchange

@Suite("Check of a lender's own classes")
struct StandardCheckTests {
    private func check(heldMax: Int = StandardCheck.accountsHeldMax) throws -> StandardCheck {
        let id = try #require(StandardID("cn-2023@1"))
        return StandardCheck(
            standard: try #require(StandardLibrary.embedded.standard(id)),
            mapping: try ShippedMapping.plain.mapping(), heldMax: heldMax)
    }

    @Test("finds exactly the twelve planted rows among a thousand, with line and article")
    func planted() throws {
        let book = LenderBook()
        try #require(book.rows.count == LenderBook.rowsCount && book.planted.count == 12)
        let result = try check().run(open: book.reader)
        #expect(result.rows == 1_000)
        #expect(result.classified.count == 1_000)
        #expect(result.rejected == 0 && result.unreadable == 0)
        let found = result.tooGood.map { ($0.line, $0.decidedBy.description) }
        #expect(
            Dictionary(uniqueKeysWithValues: found) == book.planted.mapValues { "cn-2023/\($0)" })
        #expect(result.classified.map(\.line) == Array(2...1_001))
    }

    @Test("gives the same however few accounts it may hold", arguments: [1, 2, 3, 100])
    func portions(_ heldMax: Int) throws {
        let book = LenderBook()
        #expect(
            try check(heldMax: heldMax).run(open: book.reader) == check().run(open: book.reader))
    }

    @Test("counts classes by the standard beside the lender's, and texts that nobody explained")
    func table() throws {
        let text = """
            scheme,identifier,accountNumber,role,kind,product,retail,status,ownClass,daysPastDue
            demo,1,A,borrower,instalment,loan,true,open,normal,95
            demo,2,B,borrower,instalment,loan,true,open,grade 3,95
            demo,3,C,borrower,instalment,loan,true,open,,0
            demo,4,D,borrower,instalment,loan,true,open,loss,0
            demo,5,E,borrower,instalment,loan,true,shut,normal,0
            """
        let result = try check().run {
            try BookReader(
                mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(text.utf8)),
                asOf: CalendarDate("2026-10-31"))
        }
        #expect(result.classes == [.normal: 2, .substandard: 2])
        #expect(result.ownClasses == [.normal: 1, .loss: 1])
        #expect(result.unreadable == 1)
        #expect(result.tooGood.map(\.line) == [2])
        #expect(result.rejected == 1)
        #expect(result.faults.map(\.line) == [6])
        #expect(result.hasOwnClasses)
    }

    @Test("an account whose facts this standard does not define is named; the debtor goes on")
    func faults() throws {
        let text = """
            scheme,identifier,accountNumber,role,kind,product,retail,status,currency,balance,ownClass,daysPastDue,openEnd
            demo,1,A,borrower,instalment,loan,false,open,CNY,50,normal,0,
            demo,1,B,borrower,instalment,loan,false,open,CNY,50,substandard,95,
            demo,1,C,borrower,instalment,loan,false,open,CNY,50,normal,0,yes
            """
        let result = try check().run {
            try BookReader(
                mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(text.utf8)),
                asOf: CalendarDate("2026-10-31"))
        }
        #expect(result.tooGood.map(\.line) == [2])
        #expect(result.faults.map(\.line) == [4])
        #expect(result.faults.map(\.code) == ["facts-contradict"])
        #expect(result.faults[0].reason.contains("openEnd"))
    }

    @Test("refuses a file that is not the same at both readings")
    func changed() throws {
        var isFirst = true
        let whole = LenderBook()
        #expect(throws: StandardCheckError.fileChanged) {
            try check().run {
                defer { isFirst = false }
                let text =
                    isFirst ? whole.csv : whole.csv + whole.csv.split(separator: "\n")[1] + "\n"
                return try BookReader(
                    mapping: ShippedMapping.plain.mapping(), source: .bytes(Array(text.utf8)),
                    asOf: CalendarDate("2026-10-31"))
            }
        }
    }
}
