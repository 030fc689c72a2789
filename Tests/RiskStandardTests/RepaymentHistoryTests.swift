import Testing

@testable import RiskStandard

@Suite("Repayment history")
struct RepaymentHistoryTests {
    typealias Letter = RepaymentHistory.Letter

    @Test("carries every letter of the list and no other")
    func letters() throws {
        let all = "N*1234567#/ABCDGMZ"
        let history = try RepaymentHistory(letters: all)
        #expect(history.letters == all)
        #expect(history.description == all)
        #expect(history.months == Letter.allCases.sorted { all.position($0) < all.position($1) })
        #expect(Letter.allCases.count == all.count)
    }

    @Test("takes 1 to 60 months")
    func length() throws {
        let sixty = String(repeating: "N", count: 60)
        #expect(try RepaymentHistory(letters: sixty).months.count == 60)
        #expect(throws: HistoryError.tooLong) { try RepaymentHistory(letters: sixty + "N") }
        #expect(throws: HistoryError.empty) { try RepaymentHistory(letters: "") }
    }

    @Test(
        "refuses a letter that does not exist and says where",
        arguments: [
            ("n", 0), ("NN8", 2), ("N0", 1), ("N N", 1), ("NＮ", 1), ("é", 0), ("N\u{0}", 1),
            ("N\u{301}", 1), ("N\r\n", 1),
        ])
    func unknownLetter(_ letters: String, _ position: Int) {
        #expect(throws: HistoryError.unknownLetter(position: position)) {
            try RepaymentHistory(letters: letters)
        }
    }

    @Test(
        "the letter of days past due, at both sides of each step",
        arguments: [
            (0, "N"), (1, "1"), (30, "1"), (31, "2"), (60, "2"), (61, "3"), (90, "3"),
            (91, "4"), (120, "4"), (121, "5"), (150, "5"), (151, "6"), (180, "6"), (181, "7"),
            (36_500, "7"), (-1, "#"), (Int.min, "#"), (Int.max, "7"),
        ] as [(Int, Character)])
    func daysPastDue(_ days: Int, _ letter: Character) {
        #expect(Letter(daysPastDue: days).rawValue == letter)
    }

    @Test("a new month pushes the oldest out when there are 60")
    func append() throws {
        var history = try RepaymentHistory(letters: "1" + String(repeating: "N", count: 58))
        history.append(.upTo60Days)
        #expect(history.months.count == 60)
        #expect(history.months.first == .upTo30Days)
        history.append(.badDebt)
        #expect(history.letters == String(repeating: "N", count: 58) + "2B")
    }

    @Test(
        "counts the months since the last arrears",
        arguments: [
            ("N", nil), ("NNN*", nil), ("1", 0), ("N1N", 1), ("12NNN", 3), ("7NN3NN", 2),
            ("NNB", 0), ("NDNN", 2), ("GN", 1), ("NZ", 0), ("NMC", nil), ("1M", 1),
            ("3##", 2), ("/A", nil),
        ] as [(String, Int?)])
    func monthsSinceLastArrears(_ letters: String, _ months: Int?) throws {
        #expect(try RepaymentHistory(letters: letters).monthsSinceLastArrears == months)
    }

    @Test("says when a month is unknown")
    func unknownMonth() throws {
        #expect(try RepaymentHistory(letters: "NN#N").hasUnknownMonth)
        #expect(try !RepaymentHistory(letters: "NN1N").hasUnknownMonth)
    }
}

extension String {
    fileprivate func position(_ letter: RepaymentHistory.Letter) -> Int {
        Array(self).firstIndex(of: letter.rawValue) ?? -1
    }
}
