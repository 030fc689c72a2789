import Book
import Membership
import RiskStandard
import TestSupport
import Testing

@testable import Exchange

@Suite("Totals of the lender's statement")
struct StatementTotalsTests {
    /// A loan of a firm, classed by its own facts.
    private static func loan(
        _ number: Int, days: Int = 0, yuan: Int64 = 100, retail: Bool = false,
        _ change: (inout HeldAccount) -> Void = { _ in }
    ) -> HeldAccount {
        var account = Samples.heldAccount(number, daysPastDue: days)
        account.isRetail = retail
        account.balance = Samples.yuan(yuan)
        change(&account)
        return account
    }

    private static func totals(
        _ accounts: [HeldAccount], scope: Charter.Scope = .fullFile
    ) async throws -> [RiskClass: Int64] {
        var directory = TestDirectory()
        directory.charter.scope = scope
        let scene = try AnswerScene(directory)
        try scene.node.hold(.zhang, by: "lakeside", accounts: accounts, kind: .enterprise)
        let publisher = BookPublisher(context: scene.node.context, filters: scene.publisher)
        let publication = try #require(try await publisher.publish().first)
        return Dictionary(
            uniqueKeysWithValues: publication.totals.map { ($0.riskClass, $0.balance / 100) })
    }

    @Test("a firm's good loan counts as bad as its bad one makes it")
    func pulled() async throws {
        // More than a tenth of the debt is non-performing: article 7.
        #expect(
            try await Self.totals([
                Self.loan(1, yuan: 8_999), Self.loan(2, days: 91, yuan: 1_001),
            ]) == [.substandard: 10_000])
        // Exactly a tenth: article 10(4).
        #expect(
            try await Self.totals([
                Self.loan(1, yuan: 9_000), Self.loan(2, days: 91, yuan: 1_000),
            ]) == [.specialMention: 9_000, .substandard: 1_000])
    }

    @Test("a retail loan keeps its own class, and still makes a firm's loan worse")
    func retail() async throws {
        #expect(
            try await Self.totals([
                Self.loan(1, yuan: 50, retail: true), Self.loan(2, days: 91, yuan: 60),
            ]) == [.normal: 50, .substandard: 60])
        #expect(
            try await Self.totals([
                Self.loan(1, yuan: 50), Self.loan(2, days: 91, yuan: 60, retail: true),
            ]) == [.substandard: 110])
    }

    @Test("what was sold or settled is no debt here any more; what was bought is")
    func others() async throws {
        let sold = Self.loan(2, days: 91, yuan: 900) { $0.status = .transferredOut }
        #expect(
            try await Self.totals([Self.loan(1), sold]) == [.normal: 100, .substandard: 900])
        let settled = Self.loan(1) { $0.status = .settled }
        #expect(
            try await Self.totals([settled, Self.loan(2, days: 91, yuan: 900)])
                == [.normal: 100, .substandard: 900])
        let bought = Self.loan(2, days: 91, yuan: 900) { $0.kind = .acquiredDebt }
        #expect(try await Self.totals([Self.loan(1), bought]) == [.substandard: 1_000])
        let guaranteed = Self.loan(2, days: 91, yuan: 900) { $0.role = .guarantor }
        #expect(
            try await Self.totals([Self.loan(1), guaranteed])
                == [.normal: 100, .substandard: 900])
    }

    @Test("negative records only: the totals are those of the whole book all the same")
    func scope() async throws {
        let accounts = [Self.loan(1, yuan: 9_000), Self.loan(2, days: 91, yuan: 1_000)]
        #expect(
            try await Self.totals(accounts, scope: .negativeOnly)
                == [.specialMention: 9_000, .substandard: 1_000])
    }

    @Test("are the sums of every record as it is judged for disclosure", arguments: 1...4)
    func asDisclosed(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let scene = try AnswerScene()
        for (place, resident) in Samples.Resident.allCases.enumerated() {
            let accounts = (0..<Int.random(in: 1...6, using: &random)).map { number in
                Self.loan(
                    place * 10 + number,
                    days: [0, 0, 0, 30, 91, 280].randomElement(using: &random) ?? 0,
                    yuan: .random(in: 1...1_000, using: &random),
                    retail: .random(using: &random)
                ) { account in
                    account.status =
                        [.open, .open, .settled, .transferredOut].randomElement(using: &random)
                        ?? .open
                }
            }
            try scene.node.hold(resident, by: "lakeside", accounts: accounts)
        }
        var expected: [RiskClass: Int64] = [:]
        let classes = DebtorClasses(standards: .embedded, scope: .fullFile)
        for resident in Samples.Resident.allCases {
            let record = try #require(await scene.node.records(resident)["lakeside"])
            for account in classes.judged(record).accounts {
                expected[account.riskClass, default: 0] += account.balance?.minorUnits ?? 0
            }
        }
        let publisher = BookPublisher(context: scene.node.context, filters: scene.publisher)
        let publication = try #require(try await publisher.publish().first)
        #expect(
            Dictionary(
                uniqueKeysWithValues: publication.totals.map { ($0.riskClass, $0.balance) })
                == expected)
    }

    @Test("are what `standard check` finds in the same file")
    func asChecked() async throws {
        let header =
            "scheme,identifier,accountNumber,role,kind,product,retail,status,currency,balance,"
            + "daysPastDue\n"
        let rows = [
            (Samples.Resident.zhang, "L-1", false, 8_999, 0), (.zhang, "L-2", false, 1_001, 91),
            (.li, "L-3", false, 9_000, 0), (.li, "L-4", false, 1_000, 271),
            (.li, "L-5", true, 10, 0), (.wang, "L-6", true, 500, 3), (.wang, "L-7", true, 1, 400),
        ].map { resident, account, retail, balance, days in
            "cn-rid,\(resident.rawValue),\(account),borrower,instalment,loan,\(retail),open,CNY,"
                + "\(balance),\(days)\n"
        }
        let bytes = Array((header + rows.joined()).utf8)
        let mapping = try ShippedMapping.plain.mapping()
        let open = {
            try BookReader(mapping: mapping, source: .bytes(bytes), asOf: Samples.bookDay)
        }
        let standard = try #require(StandardLibrary.embedded.standard(Samples.standard))
        let checked = try StandardCheck(standard: standard, mapping: mapping).run(open: open)

        let scene = try AnswerScene()
        var reader = try open()
        _ = try scene.node.importer().importBook(
            PlainImport.header(), rows: { try reader.next() },
            reject: { Issue.record("rejected: \($0.code)") })
        let publisher = BookPublisher(context: scene.node.context, filters: scene.publisher)
        let publication = try #require(try await publisher.publish().first)
        #expect(
            Dictionary(
                uniqueKeysWithValues: publication.totals.map { ($0.riskClass, $0.accounts) })
                == checked.classes)
        #expect(
            checked.classes == [
                .normal: 1, .specialMention: 2, .substandard: 2, .doubtful: 1, .loss: 1,
            ])
    }
}
