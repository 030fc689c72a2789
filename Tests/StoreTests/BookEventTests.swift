import Book
import Exchange
import TestSupport
import Testing
import TransparencyLog

@testable import Store

/// What the log is told of a book: each consent and dispute once, whatever comes between.
@Suite("Events of a book")
struct BookEventTests {
    private let temporary: TemporaryStore
    private let store: SQLiteStore

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func take(
        _ limit: Int = 1024, from store: SQLiteStore? = nil
    ) async throws -> (taken: TakenEvents, events: [BookEvent])? {
        try await (store ?? self.store).takeEvents(limit: limit, logSize: 7) { _ in .empty }
    }

    /// Takes up and settles all that there is; what each lot was about.
    private func told(_ store: SQLiteStore? = nil) async throws -> [LogEntryType: Int] {
        var told: [LogEntryType: Int] = [:]
        while let lot = try await take(from: store) {
            told[lot.taken.type, default: 0] += lot.events.count
            try await (store ?? self.store).settleEvents(areLogged: true)
        }
        return told
    }

    private func stateConsents(_ consents: [Int: HeldConsent]) throws {
        try store.importBook(
            consents.map { Samples.entry($0.key, consent: $0.value) }
                .sorted { "\($0.account.reference)" < "\($1.account.reference)" })
    }

    @Test("a consent is told once, and once more when it is withdrawn")
    func consents() async throws {
        try stateConsents([1: Samples.consent(), 2: Samples.consent()])
        let lot = try #require(try await take())
        #expect(lot.taken.type == .consentRecorded)
        #expect(lot.taken.member == Samples.harbor)
        #expect(lot.taken.logSize == 7)
        #expect(lot.events == Array(repeating: BookEvent(.consent(Samples.consent())), count: 2))
        try await store.settleEvents(areLogged: true)
        #expect(try await told() == [:])

        try stateConsents([1: Samples.consent(), 2: Samples.consent()])
        #expect(try await told() == [:])
        let withdrawn = Samples.consent(withdrawn: "2026-11-01T00:00:00Z")
        try stateConsents([1: Samples.consent(), 2: withdrawn])
        let second = try #require(try await take())
        #expect(second.taken.type == .consentWithdrawn)
        #expect(second.events == [BookEvent(.consent(withdrawn))])
        try await store.settleEvents(areLogged: true)
        #expect(try await told() == [:])
    }

    @Test("one that comes withdrawn is recorded first")
    func bornWithdrawn() async throws {
        try stateConsents([1: Samples.consent(withdrawn: "2026-11-01T00:00:00Z")])
        #expect(try #require(try await take()).taken.type == .consentRecorded)
        try await store.settleEvents(areLogged: true)
        #expect(try #require(try await take()).taken.type == .consentWithdrawn)
    }

    @Test("one that says something else is told anew, also while it is being told")
    func changed() async throws {
        try stateConsents([1: Samples.consent()])
        #expect(try await told() == [.consentRecorded: 1])
        try stateConsents([1: Samples.consent(expires: "2028-01-01T00:00:00Z")])
        _ = try #require(try await take())
        try stateConsents([1: Samples.consent(expires: "2029-01-01T00:00:00Z")])
        try await store.settleEvents(areLogged: true)
        #expect(try await told() == [.consentRecorded: 1])
    }

    @Test("consents under which members asked are told by the queries")
    func ofQueries() async throws {
        _ = try await store.recordInquiry(Samples.inquiry(1))
        #expect(try await told() == [:])
    }

    @Test("a dispute is told when it is opened, when it is another one, and when it ends")
    func disputes() async throws {
        for (kind, expected) in [
            (DisputeKind.amount, LogEntryType.disputeOpened), (.amount, nil),
            (.paid, .disputeOpened), (nil, .disputeEnded), (nil, nil),
        ] as [(DisputeKind?, LogEntryType?)] {
            var account = Samples.account(1)
            account.dispute = kind
            try store.importBook([
                HeldEntry(
                    subject: Samples.subject(1), subjectStatus: nil, account: account, consent: nil)
            ])
            let lot = try await take()
            #expect(lot?.taken.type == expected)
            let event = BookEvent(.dispute(kind, of: account.reference))
            #expect(lot?.events == (expected == nil ? nil : [event]))
            if lot != nil { try await store.settleEvents(areLogged: true) }
        }
    }

    @Test("a lot is of one member, and no larger than asked for")
    func lots() async throws {
        try store.importBook((0..<5).map { Samples.entry($0, consent: Samples.consent()) })
        try store.importBook(
            [Samples.entry(9, consent: Samples.consent())],
            as: Samples.header(Samples.lakeside))
        var lots: [String] = []
        while let lot = try await take(3) {
            lots.append("\(lot.taken.member) \(lot.events.count)")
            try await store.settleEvents(areLogged: true)
        }
        #expect(lots == ["harbor 3", "harbor 2", "lakeside 1"])
    }

    @Test(
        "what was taken up is there after a crash, and is told once it is settled that the log has not"
    )
    func crash() async throws {
        var account = Samples.account(1)
        account.dispute = .amount
        try store.importBook([
            HeldEntry(
                subject: Samples.subject(1), subjectStatus: nil, account: account,
                consent: Samples.consent(withdrawn: "2026-11-01T00:00:00Z"))
        ])
        let kinds: [LogEntryType] = [.consentRecorded, .consentWithdrawn, .disputeOpened]
        for kind in kinds {
            for areLogged in [false, true] {
                let lot = try #require(try await take())
                #expect(lot.taken.type == kind)
                let copy = try temporary.crashed()
                let crashed = try copy.open()
                defer { try? crashed.close() }
                #expect(try await crashed.takenEvents() == lot.taken)
                try await store.settleEvents(areLogged: areLogged)
                try await crashed.settleEvents(areLogged: areLogged)
                #expect(try await store.takenEvents() == nil)
                #expect(try await crashed.takenEvents() == nil)
            }
        }
        #expect(try await told() == [:])
    }

    @Test("what a version before took up, without saying between which rows, is settled")
    func unbounded() async throws {
        try stateConsents([1: Samples.consent(), 2: Samples.consent()])
        _ = try #require(try await take(1))
        try store.close()
        try temporary.withDatabase { db in
            try db.execute(
                sql: """
                    ALTER TABLE telling DROP COLUMN firstID;
                    ALTER TABLE telling DROP COLUMN lastID; DROP TABLE toldLog;
                    DELETE FROM grdb_migrations WHERE identifier = 'v9-telling';
                    """)
        }
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        try await reopened.settleEvents(areLogged: true)
        #expect(try await told(reopened) == [.consentRecorded: 1])
    }

    @Test("what lies between the rows of a lot and is not of it stays untold")
    func between() async throws {
        try stateConsents([1: Samples.consent(), 2: Samples.consent(), 3: Samples.consent()])
        #expect(try await told() == [.consentRecorded: 3])
        let withdrawn = Samples.consent(withdrawn: "2026-11-01T00:00:00Z")
        let changed = Samples.consent(expires: "2028-01-01T00:00:00Z")
        try stateConsents([1: withdrawn, 2: changed, 3: withdrawn])
        #expect(try await told() == [.consentRecorded: 1, .consentWithdrawn: 2])
    }

    @Test("another log is told all anew, disputes too; the same one, nothing twice")
    func anotherLog() async throws {
        var account = Samples.account(1)
        account.dispute = .amount
        try store.importBook([
            HeldEntry(
                subject: Samples.subject(1), subjectStatus: nil, account: account,
                consent: Samples.consent(withdrawn: "2026-11-01T00:00:00Z"))
        ])
        let all: [LogEntryType: Int] = [
            .consentRecorded: 1, .consentWithdrawn: 1, .disputeOpened: 1,
        ]
        #expect(try await told() == all)
        // The name of a file of before is that of the log that its node has.
        for (name, expected) in [("a", [:]), ("a", [:]), ("b", all), ("b", [:]), ("a", all)] {
            try await store.tellLog(named: name)
            #expect(try await told() == expected, "\(name)")
        }
        // What one log was being told is nothing to another.
        try stateConsents([2: Samples.consent()])
        _ = try #require(try await take(1))
        try await store.tellLog(named: "b")
        #expect(try await store.takenEvents() == nil)
    }

    @Test("of a file of a version before, every consent is told")
    func older() async throws {
        try stateConsents([1: Samples.consent(), 2: Samples.consent()])
        try store.close()
        try temporary.withDatabase { db in
            try db.execute(
                sql: """
                    DROP TABLE telling; DROP TABLE toldLog; DROP TRIGGER consentChanged; DROP INDEX consentUntold;
                    DROP INDEX consentWithdrawalUntold; DROP INDEX accountDisputeUntold;
                    DROP INDEX accountDisputeTelling; ALTER TABLE consent DROP COLUMN told;
                    ALTER TABLE account DROP COLUMN disputeTold;
                    ALTER TABLE account DROP COLUMN disputeTelling;
                    DELETE FROM grdb_migrations
                        WHERE identifier IN ('v5-told', 'v6-numbered', 'v9-telling');
                    """)
        }
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        #expect(try await told(reopened) == [.consentRecorded: 2])
    }

    @Test(
        "of a file of the version that told no numbers, every consent is told again, with its number"
    )
    func unnumbered() async throws {
        try stateConsents([1: Samples.consent(), 2: Samples.consent()])
        #expect(try await told(store) == [.consentRecorded: 2])
        #expect(try await told(store) == [:])
        try store.close()
        try temporary.withDatabase { db in
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'v6-numbered'")
        }
        let reopened = try temporary.open()
        defer { try? reopened.close() }
        let lot = try #require(try await reopened.takeEvents(limit: 9, logSize: 0) { _ in .empty })
        let numbers = lot.events.compactMap { event -> Int? in
            guard case .consent(let consent) = event.content else { return nil }
            return consent.number
        }
        #expect(Set(numbers).count == 2)
    }

    @Test("what stands behind a digest is found, with the borrower's accounts")
    func demanded() async throws {
        var consent = Samples.consent()
        consent.evidenceSalt = Samples.bytes(8, count: 32)
        let digest = try #require(consent.evidenceDigest)
        try store.importBook([Samples.entry(1, account: 4, consent: consent), Samples.entry(2)])
        let found = try await store.bookConsents(
            of: Samples.harbor, digests: [digest, Samples.bytes(9, count: 32)])
        #expect(
            found == [
                BookConsentEvidence(
                    digest: digest, salt: consent.evidenceSalt, accounts: [Samples.reference(4)])
            ])
        #expect(try await store.bookConsents(of: Samples.lakeside, digests: [digest]).isEmpty)
    }
}
