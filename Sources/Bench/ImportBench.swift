import Book
import Exchange
import Foundation
import Membership
import NodeAssembly
import RiskStandard

/// A whole book from CSV to published filter, with fsync; the same book on the next day; and one on
/// which one account in a hundred changed.
struct ImportBench {
    let accounts: Int

    func run(into table: inout BenchTable) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = try await BenchConsortium.site(of: 1, in: folder)
        guard let member = site.directory.members.first, let home = site.homes[member.node] else {
            throw BenchError.id
        }
        // Without it nothing would be sealed.
        _ = try RekeyKeys.create(
            home: home, member: member.id, privateHalf: folder.appending(path: "rekey.key"),
            now: SystemClock().now)
        let node = try OfflineNode(
            home: home, configuration: NodeConfiguration(home: home), clock: SystemClock(),
            logger: BenchConsortium.quiet)
        defer { node.close() }
        try table.measure("read rows of a book", count: accounts) {
            var reader = try reader(of: try file(changing: 0, in: folder), day: 1)
            while try reader.next() != nil {}
        }
        for day in [Day.first, .same, .changed] {
            try await measure(
                day, node, member.id,
                file: file(changing: day == .changed ? Self.accountsPerChange : 0, in: folder),
                into: &table)
        }
        table.add(
            "peak memory of all imports", Self.peakMebibytes, "MiB",
            aim: .importMebibytes.at(accounts))
    }

    /// The imports of one book, one a day.
    private enum Day: Int {
        case first = 1
        case same, changed

        var name: String {
            switch self {
            case .first: "first import"
            case .same: "import of the same"
            case .changed: "import of 1 % changed"
            }
        }
    }

    private func measure(
        _ day: Day, _ node: OfflineNode, _ member: MemberID, file: URL,
        into table: inout BenchTable
    ) async throws {
        let name = day.name
        let clock = ContinuousClock()
        let before = Self.processorSeconds
        let start = clock.now
        var filled = start
        var applied = start
        var reader = try reader(of: file, day: day.rawValue)
        let result = try node.importer().importBook(
            BookHeader(
                member: member, part: "main", asOf: reader.asOf, importedAt: SystemClock().now,
                mapping: "plain"),
            batches: { try reader.nextBatch(rowsMax: BookImporter.batchSize) },
            consents: {
                filled = clock.now
                return nil
            },
            reject: { _ in throw BenchError.rejected },
            approve: { _ in
                applied = clock.now
                return nil
            })
        guard result.isSealed else { throw BenchError.rejected }
        let imported = clock.now
        try await node.publisher.recordBookEvents()
        let told = clock.now
        try await node.publisher.refresh()
        let published = clock.now
        let rate = { (time: Duration) in Double(accounts) / time.inSeconds }
        table.add("\(name): rows to draft", rate(filled - start), "1/s")
        table.add("\(name): draft to book", (applied - filled).inSeconds, "s")
        table.add("\(name): commit", (imported - applied).inSeconds, "s")
        table.add("\(name): consents told to the log", (told - imported).inSeconds, "s")
        table.add("\(name): filter", (published - told).inSeconds, "s")
        table.add(
            "\(name): file to published filter", rate(published - start), "1/s",
            aim: day == .first ? .firstImport.at(accounts) : nil)
        if day == .changed {
            table.add(
                "\(name): all of it", (published - start).inSeconds, "s",
                aim: .changedDaySeconds.at(accounts))
        }
        table.add(
            "\(name): processor time an account",
            (Self.processorSeconds - before) * 1e6 / Double(accounts), "µs")
    }

    private func reader(of file: URL, day: Int) throws -> BookReader {
        try BookReader(
            mapping: ShippedMapping.plain.mapping(),
            source: .file(FileHandle(forReadingFrom: file)),
            asOf: CalendarDate(year: 2026, month: 11, day: day))
    }

    /// Writes the book; of so many accounts one has another balance than usual, 0: none.
    private func file(changing every: Int, in folder: URL) throws -> URL {
        let file = folder.appending(path: "book.csv")
        try Data(Self.header.utf8).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        for first in stride(from: 0, to: accounts, by: 10_000) {
            let rows = (first..<min(first + 10_000, accounts)).map { number in
                Self.row(number, changed: every > 0 && number % every == 0)
            }
            try handle.write(contentsOf: Data(rows.joined().utf8))
        }
        return file
    }

    private static let header =
        "scheme,identifier,name,accountNumber,role,kind,product,retail,status,daysPastDue,"
        + "balance,currency,noticeHeld,consentBasis,consentPurposes,consentGrantedAt,"
        + "consentExpiresAt\n"

    /// Of so many accounts one changes on the third day.
    private static let accountsPerChange = 100
    /// Of so many accounts one is behind.
    private static let accountsPerArrears = 16

    private static func row(_ number: Int, changed: Bool) -> String {
        let daysPastDue = number % accountsPerArrears == 0 ? number % 120 : 0
        return "bench,\(number),Bench \(number),A\(number),borrower,instalment,consumer-loan,true,"
            + "open,\(daysPastDue),\(changed ? 900 : 800 + number % 7).00,CNY,true,consent,"
            + "loan-approval;post-loan,2026-01-01,2027-01-01\n"
    }

    static var peakMebibytes: Double { Double(usage.ru_maxrss) / 1024 }

    private static var processorSeconds: Double {
        let usage = usage
        return [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
            .reduce(0, +)
    }

    private static var usage: rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}
