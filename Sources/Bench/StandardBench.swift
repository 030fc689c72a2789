import Book
import Exchange
import Foundation
import RiskStandard

/// The risk standard on one core: single loans, debtors, and a lender's whole file.
///
/// Rates are by processor time of the one thread that works, so that what else runs on the machine
/// does not count.
struct StandardBench {
    private static let loansCount = 1_000
    private let rounds = 2_000
    private let debtorRounds = 300
    private let rows: Int

    /// A bench whose file has so many rows.
    init(rows: Int) {
        self.rows = rows
    }

    func run(into table: inout BenchTable) throws {
        guard let id = StandardID("cn-2023@1"), let asOf = CalendarDate("2026-10-31"),
            let standard = StandardLibrary.embedded.standard(id),
            let cleared = CalendarDate("2026-05-31"), let currency = CurrencyCode("CNY")
        else { return }
        let loans = (0..<Self.loansCount).map { Self.facts($0, cleared: cleared) }
        try singles(standard, loans, asOf, into: &table)
        try debtors(standard, loans, asOf, currency, into: &table)
        try file(into: &table)
    }

    private func singles(
        _ standard: Standard, _ loans: [LoanFacts], _ asOf: CalendarDate,
        into table: inout BenchTable
    ) throws {
        var lost = 0
        let seconds = try Self.processorSeconds {
            for _ in 0..<rounds {
                for facts in loans {
                    let result = try standard.classify(facts, segment: .nonRetail, asOf: asOf)
                    if result.riskClass == .loss { lost += 1 }
                }
            }
        }
        precondition(lost > 0, "some of these loans are lost")
        table.add(
            "classifications, single loans, one core", Double(rounds * loans.count) / seconds, "1/s"
        )
    }

    private func debtors(
        _ standard: Standard, _ loans: [LoanFacts], _ asOf: CalendarDate,
        _ currency: CurrencyCode, into table: inout BenchTable
    ) throws {
        let debtors = loans.indices.map { debtor in
            (0..<10).map { number in
                let amount = Int64(1_000 * (number + 1))
                return DebtorAccount(
                    institution: number / 4, asOf: asOf,
                    facts: loans[(debtor * 10 + number) % loans.count], segment: .nonRetail,
                    debt: DebtAmounts(currency: currency, balance: amount...amount))
            }
        }
        var pulled = 0
        let seconds = try Self.processorSeconds {
            for _ in 0..<debtorRounds {
                for debtor in debtors {
                    let results = try standard.assess(debtor, isComplete: true)
                    if results[0].riskClass.isNonPerforming { pulled += 1 }
                }
            }
        }
        precondition(pulled > 0, "some of these debtors pull their loans down")
        table.add(
            "debtors, ten accounts at three lenders, one core",
            Double(debtorRounds * debtors.count) / seconds, "1/s")
    }

    /// A lender's file, every second row of a debtor with two loans.
    private func file(into table: inout BenchTable) throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: path) }
        try writeFile(to: path)
        let measured = try MeasuredRun.start(.standard, file: path)
        precondition(measured.count > 0, "some of these rows are too good")
        table.add("standard check, rows of one file", Double(rows) / measured.seconds, "1/s")
        table.add("  its peak memory", measured.peakMebibytes, "MiB")
    }

    /// Checks a file, in a process of its own; returns the rows that are too good.
    static func check(_ file: URL) throws -> Int {
        guard let id = StandardID("cn-2023@1"),
            let standard = StandardLibrary.embedded.standard(id)
        else { return 0 }
        let mapping = try ShippedMapping.plain.mapping()
        return try StandardCheck(standard: standard, mapping: mapping).run(
            open: {
                try BookReader(
                    mapping: mapping, source: .file(FileHandle(forReadingFrom: file)),
                    asOf: CalendarDate("2026-10-31"))
            }
        ).tooGood.count
    }

    private func writeFile(to path: URL) throws {
        try Data().write(to: path)
        let handle = try FileHandle(forWritingTo: path)
        defer { try? handle.close() }
        var text =
            "scheme,identifier,accountNumber,role,kind,product,retail,status,currency,balance,"
            + "ownClass,daysPastDue\n"
        for row in 0..<rows {
            let debtor = row % 4 == 3 ? row - 1 : row
            let days = row % 50 == 0 ? 95 : row % 10 == 0 ? 20 : 0
            let own = days == 95 && row % 10_000 != 0 ? "loss" : days == 20 ? "关注" : "normal"
            text +=
                "bench,\(debtor),\(row),borrower,instalment,loan,\(row % 4 < 2),open,CNY,"
                + "\(1_000 + row % 977),\(own),\(days)\n"
            if text.utf8.count > 1 << 20 {
                try handle.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try handle.write(contentsOf: Data(text.utf8))
    }

    /// Most loans are paid on time; some are late, impaired or on their way back.
    private static func facts(_ number: Int, cleared: CalendarDate) -> LoanFacts {
        var facts = LoanFacts()
        facts.daysPastDue = .known(number % 5 == 0 ? number * 37 % 400 : 0)
        if number % 33 == 0 {
            facts.creditImpaired = .known(true)
            facts.expectedLossBasisPoints = .known(number * 9 % 10_000)
        }
        if number % 20 == 0 {
            facts.daysPastDue = .known(0)
            facts.wasNonPerforming = .known(true)
            facts.arrearsClearedOn = .known(cleared)
            facts.periodsPaid = .known(2)
            facts.ableToPerform = .known(true)
        }
        return facts
    }

    private static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
        let start = processorTime
        try work()
        return processorTime - start
    }

    /// Seconds of processor time of this thread.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
