import Book
import Dispatch
import Membership
import Pseudonym
import RiskStandard
import Synchronization
import TestSupport
import Testing

@testable import Exchange

@Suite("Single accounts")
struct AccountRegisterTests {
    private let scene: AnswerScene
    private let references: ReferenceKey
    private let register: AccountRegister
    private let lakeside = Samples.member("lakeside")

    init() throws {
        scene = try AnswerScene()
        references = try #require(ReferenceKey(bytes: 0..<32))
        register = AccountRegister(
            context: scene.node.context, standards: .embedded, references: references,
            sealer: nil)
    }

    private func statement(
        _ number: String = "L-1", key: String = "k-1", asOf: CalendarDate? = nil,
        reference: AccountReference? = nil, member: String = "lakeside", part: String = "main",
        _ change: (inout [String: PlainRow.Value]) -> Void = { _ in }
    ) throws -> AccountStatement {
        var values: [String: PlainRow.Value] = [
            "scheme": .text("cn-rid"), "identifier": .text(Samples.Resident.zhang.rawValue),
            "name": .text("张三"), "accountNumber": .text(number), "role": .text("borrower"),
            "kind": .text("instalment"), "product": .text("consumer-loan"), "retail": .flag(true),
            "status": .text("open"), "currency": .text("CNY"), "balance": .integer(8_000_000),
            "daysPastDue": .integer(0), "consentBasis": .text("consent"),
            "consentPurposes": .list(["loan-approval"]), "consentGrantedAt": .text("2026-01-01"),
            "consentExpiresAt": .text("2027-01-01"),
        ]
        change(&values)
        let member = Samples.member(member)
        let own = references.reference(member: member, accountNumber: number)
        return AccountStatement(
            member: member, part: part, asOf: asOf, reference: reference ?? own,
            row: try PlainRow(values), statesConsent: values["consentBasis"] != nil,
            key: try #require(IdempotencyKey(key)),
            request: Array(values.map { "\($0)" }.sorted().joined().utf8))
    }

    private func put(_ statement: AccountStatement) async throws -> String {
        String(decoding: try await register.put(statement), as: UTF8.self)
    }

    private func held() async throws -> HeldRecord? {
        try await scene.node.records(.zhang)["lakeside"]
    }

    @Test("is new, then unchanged, then changed, then closed: each at once and by the standard")
    func life() async throws {
        let first = try await put(statement())
        #expect(first.contains(#""outcome":"new""#) && first.contains(#""class":"normal""#))
        #expect(first.contains(#""asOf":"2026-11-25""#))
        #expect(try await held()?.accounts.map(\.riskClass) == [.normal])
        let same = try await put(statement(key: "k-2"))
        #expect(same.contains(#""outcome":"unchanged""#))
        let late = try await put(
            statement(key: "k-3") { $0["daysPastDue"] = .integer(95) })
        #expect(late.contains(#""outcome":"changed""#) && late.contains("substandard"))
        scene.clock.advance(by: .seconds(86_400))
        _ = try await put(
            statement(key: "k-4") { values in
                values["status"] = .text("settled")
                values["closedMonth"] = .text("2026-11")
                values["balance"] = .integer(0)
            })
        let record = try #require(try await held())
        #expect(record.accounts.map(\.status) == [.settled])
        #expect(record.accounts[0].asOf == Samples.date("2026-11-26"))
        #expect(record.accounts[0].badEventEnded == Samples.date("2026-11-26"))
        #expect(record.consents.count == 1)
    }

    @Test("a file as evidence is refused, since it lies with the lender; its digest is taken")
    func evidence() async throws {
        let refused = try statement { $0["consentEvidenceFile"] = .text("forms/1.pdf") }
        await #expect(
            throws: AccountRefusal.rejected(code: "evidence-file", column: "consentEvidenceFile")
        ) { try await register.put(refused) }
        #expect(try await held() == nil)
        let digest = Samples.bytes(9, count: 32)
        _ = try await put(
            statement { values in
                values["consentEvidenceFile"] = .text("forms/1.pdf")
                values["consentEvidenceDigest"] = .text(SHA256Text.write(digest))
            })
        #expect(try await held()?.consents.map(\.evidenceDigest) == [digest])
    }

    @Test("stands beside the accounts of the last file, which stay as they are")
    func besideFile() async throws {
        _ = try PlainImport(
            [.init(.zhang, account: "F-1"), .init(.li, account: "F-2")], into: scene.node)
        _ = try await put(statement())
        #expect(try await held()?.accounts.count == 2)
        #expect(try await scene.node.records(.li)["lakeside"]?.accounts.count == 1)
        #expect(try await scene.node.records(.li)["lakeside"]?.accounts[0].status == .open)
        // Without a word on consents the known ones stay.
        _ = try await put(
            statement(key: "k-9") { values in
                values = values.filter { !$0.key.hasPrefix("consent") }
                values["balance"] = .integer(1)
            })
        #expect(try await held()?.consents.isEmpty == false)
    }

    @Test("the same key with the same request is done once, with another it is refused")
    func idempotency() async throws {
        let first = try await put(statement())
        scene.clock.advance(by: .seconds(86_400))
        #expect(try await put(statement()) == first)
        await #expect(throws: AccountRefusal.keyReused) {
            try await put(statement { $0["balance"] = .integer(1) })
        }
        #expect(try await scene.node.store.imports(of: lakeside, limit: 10).count == 1)
        // A refusal uses no key up.
        await #expect(throws: AccountRefusal.self) {
            try await put(statement(key: "k-2") { $0["status"] = .text("gone") })
        }
        #expect(try await put(statement(key: "k-2") { $0["balance"] = .integer(2) }) != first)
    }

    @Test("repetitions that come at the same time are done once")
    func atOnce() async throws {
        let statements = try (0..<8).map { _ in try statement() }
        let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for statement in statements {
                group.addTask { [register] in try await register.put(statement) }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        #expect(try await scene.node.store.imports(of: lakeside, limit: 10).count == 1)
    }

    @Test("what an import would reject is refused with its code, and changes nothing")
    func refusals() async throws {
        let cases: [(AccountRefusal, AccountStatement)] = [
            (.unknownMember, try statement(member: "harbor")),
            (.referenceMismatch, try statement(reference: Samples.reference(7))),
            (.ofTheFuture, try statement(asOf: Samples.date("2026-11-26"))),
            (
                .rejected(code: "value-unknown", column: "status"),
                try statement { $0["status"] = .text("gone") }
            ),
            (
                .rejected(code: "identifier-check-character", column: nil),
                try statement { $0["identifier"] = .text("999999199012310020") }
            ),
            (
                .rejected(code: "consent", column: "consentPurposes"),
                try statement { $0["consentPurposes"] = .list(["curiosity"]) }
            ),
            (
                .rejected(code: "value-missing", column: "role"),
                try statement { $0["role"] = nil }
            ),
        ]
        for (refusal, statement) in cases {
            let error = await #expect(throws: AccountRefusal.self) { try await put(statement) }
            #expect(error == refusal)
        }
        #expect(try await held() == nil)
        #expect(try await scene.node.store.imports(of: lakeside, limit: 10).isEmpty)
    }

    @Test("is never of an older day than what stands")
    func outdated() async throws {
        _ = try await put(statement())
        await #expect(throws: AccountRefusal.outdated) {
            try await put(
                statement(key: "k-2", asOf: Samples.date("2026-11-20")) {
                    $0["balance"] = .integer(1)
                })
        }
        #expect(try await held()?.accounts[0].balance == Samples.yuan(80_000))
    }

    @Test("is not put twice into two parts of a book")
    func otherPart() async throws {
        _ = try await put(statement())
        await #expect(throws: AccountRefusal.rejected(code: "duplicate-account", column: nil)) {
            try await put(statement(key: "k-2", part: "branch"))
        }
    }

    @Test("waits for nobody who imports a file: it is told that the book is busy")
    func busy() async throws {
        let statement = try statement()
        let header = PlainImport.header()
        let store = scene.node.store
        let register = register
        let outcome: Result<[UInt8], any Error> = try await withCheckedThrowingContinuation {
            continuation in
            // While a draft is open, from within its own filling, on a thread that may wait.
            DispatchQueue.global().async {
                do {
                    try store.importBook(header) { _ in
                        let done = DispatchSemaphore(value: 0)
                        let box = Mutex<Result<[UInt8], any Error>?>(nil)
                        Task.detached {
                            let result: Result<[UInt8], any Error>
                            do {
                                result = .success(try await register.put(statement))
                            } catch {
                                result = .failure(error)
                            }
                            box.withLock { $0 = result }
                            done.signal()
                        }
                        done.wait()
                        if let result = box.withLock({ $0 }) {
                            continuation.resume(returning: result)
                        }
                    }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
        #expect(throws: AccountRefusal.busy) { try outcome.get() }
    }
}
