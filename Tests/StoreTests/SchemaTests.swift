import Book
import Exchange
import GRDB
import RiskStandard
import TestSupport
import Testing

@testable import Store

@Suite("Schema")
struct SchemaTests {
    /// Every column of the store. There is none for an identifier, a name or an account number but
    /// sealed; who adds one changes this list in the open.
    private static let columns = [
        "account: id subjectID partID subjectStatus reference role kind product isRetail status"
            + " openedMonth closedMonth riskClass decidedBy standard facts overdue overdueCurrency"
            + " balance balanceCurrency creditLimit creditLimitCurrency monthlyDue"
            + " monthlyDueCurrency history historyEnds badEventEnded relief dispute asOf digest"
            + " followsPart vanishedOn noticeHeld overduePeak overduePeakCurrency consentID"
            + " dataKeyID sealed line disputeTold disputeTelling",
        "accountState: accountID asOf status daysPastDue riskClass balance balanceCurrency letter"
            + " isInBadEvent",
        "arrival: member name source at taken leftOut",
        "bookImport: id memberID part asOf importedAt mapping extent correction readRows rejects new"
            + " changed vanished",
        "consent: id subjectID partID basis purposes grantedAt expiresAt evidenceDigest withdrawnAt"
            + " isOfFile evidenceSalt told",
        "consentEvidence: memberID reference digest salt at",
        "correction: id importID account subject asOf",
        "dataKey: id memberID box",
        "departure: member at logSize deleted",
        "expectedPart: memberID name",
        "filterBody: digest body",
        "grdb_migrations: identifier",
        "idempotentAnswer: memberID key requestDigest answer at",
        "inquiry: id subjectID purpose at caseDigest",
        "member: id name",
        "part: id memberID name asOf importedAt mapping",
        "partDay: partID asOf",
        "peerFilter: node kid digest tokens generated",
        "position: id additions removals",
        "publication: id memberID asOf publishedAt subjects withheld statement digest",
        "publicationTotal: publicationID riskClass currency accounts balance",
        "publishedFilter: id kid digest tokens generated additions removals isComplete supersededAt"
            + " logIndex",
        "quota: day node member total",
        "subject: id memberID kind addition reference nameDigests dataKeyID sealed leftAt",
        "telling: id type memberID itemsRoot logSize firstID lastID",
        "token: kid token memberID subjectID nameChecks", "toldLog: id origin",
    ]

    private let temporary: TemporaryStore

    init() throws {
        temporary = try TemporaryStore()
        let store = try temporary.open()
        let entry = HeldEntry(
            subject: Samples.subject(1, name: 1), subjectStatus: .deceased,
            account: Samples.account(1, full: true), consent: Samples.consent())
        try store.importBook([entry])
        try store.close()
    }

    @Test("has exactly these columns")
    func columns() throws {
        let found = try temporary.withDatabase { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT t.name || ': ' || group_concat(c.name, ' ')
                    FROM pragma_table_list AS t
                        JOIN (SELECT * FROM sqlite_schema WHERE type = 'table') AS s
                            ON s.name = t.name
                        JOIN pragma_table_info(t.name) AS c
                    WHERE t.schema = 'main' AND t.name NOT GLOB 'sqlite_*'
                    GROUP BY t.name ORDER BY t.name
                    """)
        }
        #expect(found == Self.columns)
    }

    @Test("checks the type of every value of every table of ours")
    func strict() throws {
        let loose = try temporary.withDatabase { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND NOT strict
                        AND name NOT GLOB 'sqlite_*'
                    """)
        }
        #expect(loose == ["grdb_migrations"])
    }

    @Test(
        "refuses values that the types do not have",
        arguments: [
            "UPDATE member SET name = 'Ab'", "UPDATE member SET name = 'a b c'",
            "UPDATE part SET asOf = 20261332 * 10", "UPDATE part SET name = ''",
            "UPDATE part SET name = printf('%065d', 0)", "UPDATE subject SET kind = 'company'",
            "UPDATE subject SET addition = 0", "UPDATE token SET token = x'00'",
            "UPDATE token SET nameChecks = zeroblob(17)",
            "UPDATE token SET nameChecks = zeroblob(64)", "UPDATE token SET kid = 'a b'",
            "UPDATE token SET memberID = 99", "UPDATE account SET reference = zeroblob(15)",
            "UPDATE account SET subjectStatus = 'gone'", "UPDATE account SET role = 'friend'",
            "UPDATE account SET kind = 'loan'", "UPDATE account SET product = 'Loan'",
            "UPDATE account SET product = ''", "UPDATE account SET isRetail = 2",
            "UPDATE account SET status = 'closed'", "UPDATE account SET openedMonth = 2025",
            "UPDATE account SET riskClass = 'good'", "UPDATE account SET facts = '[]'",
            "UPDATE account SET facts = '{'", "UPDATE account SET balance = 'much'",
            "UPDATE account SET balanceCurrency = 'cny'",
            "UPDATE account SET balanceCurrency = 'CNYX'",
            "UPDATE account SET balanceCurrency = NULL", "UPDATE account SET overdue = NULL",
            "UPDATE account SET creditLimit = NULL", "UPDATE account SET monthlyDue = NULL",
            "UPDATE account SET history = printf('%061d', 0)",
            "UPDATE account SET historyEnds = NULL", "UPDATE account SET dispute = 'maybe'",
            "UPDATE account SET relief = ''", "UPDATE account SET subjectID = 99",
            "UPDATE account SET partID = 99", "UPDATE consent SET basis = 'habit'",
            "UPDATE consent SET purposes = '[]'", "UPDATE consent SET purposes = 'loan-approval'",
            "UPDATE consent SET expiresAt = grantedAt", "UPDATE consent SET expiresAt = NULL",
            "UPDATE consent SET evidenceDigest = x''", "UPDATE consent SET subjectID = 99",
            "INSERT INTO inquiry (subjectID, purpose, at) VALUES (1, '', 1)",
            "INSERT INTO inquiry (subjectID, purpose, at) VALUES (99, 'loan-approval', 1)",
            "INSERT INTO inquiry VALUES (1, 1, 'loan-approval', 1, x'00')",
            "INSERT INTO position VALUES (2, 0, 0)", "UPDATE position SET removals = -1",
            "INSERT INTO publication VALUES (1, 1, 20261031, 1, 3, 4, NULL, NULL)",
            "INSERT INTO publication VALUES (1, 99, 20261031, 1, 3, 2, NULL, NULL)",
            "INSERT INTO publication VALUES (1, 1, 20261031, 1, 3, 2, x'', NULL)",
            "UPDATE account SET overduePeak = 1", "UPDATE consent SET evidenceSalt = x'00'",
            "INSERT INTO quota VALUES (1, 'harbor-node', 'harbor', -1)",
            "INSERT INTO quota VALUES (1, 'x', 'harbor', 1)",
            "INSERT INTO filterBody VALUES (zeroblob(31), x'')",
            "INSERT INTO peerFilter VALUES ('harbor-node', 'k1', zeroblob(32), 1, 1)",
            "INSERT INTO consentEvidence VALUES (1, zeroblob(16), zeroblob(32), x'', 1)",
            "DELETE FROM member",
        ])
    func refuses(sql: String) throws {
        try temporary.withDatabase { db in
            let error = #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(sql)")
        }
    }

    @Test(
        "has each key once",
        arguments: [
            "INSERT INTO member (name) VALUES ('harbor')",
            "INSERT INTO part SELECT NULL, memberID, name, asOf, 1, 'x' FROM part",
            "INSERT INTO token SELECT kid, token, memberID, subjectID, NULL FROM token",
            "INSERT INTO token SELECT kid, zeroblob(32), memberID, subjectID, NULL FROM token",
            """
            INSERT INTO consent (subjectID, partID, basis, purposes, grantedAt, expiresAt)
            SELECT subjectID, partID, basis, purposes, grantedAt, expiresAt + 1 FROM consent
            """,
            """
            CREATE TEMP TABLE copy AS SELECT * FROM account;
            UPDATE copy SET id = NULL; INSERT INTO main.account SELECT * FROM copy
            """,
        ])
    func unique(sql: String) throws {
        try temporary.withDatabase { db in
            let error = #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(sql)")
        }
    }

    @Test("deletes everything of a subject with the subject")
    func cascade() throws {
        try temporary.withDatabase { db in
            try db.execute(sql: "INSERT INTO inquiry VALUES (1, 1, 'loan-approval', 1, NULL)")
            try db.execute(sql: "DELETE FROM subject")
            for table in ["token", "account", "consent", "inquiry"] {
                let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
                #expect(rows == 0, "\(table)")
            }
        }
    }

    @Test("knows every word of the closed lists")
    func words() async throws {
        var entries: [HeldEntry] = []
        let add = { (change: (inout HeldAccount) -> Void) in
            // Past the account that is there already.
            var account = Samples.account(100 + entries.count)
            change(&account)
            entries.append(
                HeldEntry(
                    subject: Samples.subject(100 + entries.count), subjectStatus: nil,
                    account: account,
                    consent: nil))
        }
        for role in AccountRole.allCases { add { $0.role = role } }
        for kind in AccountKind.allCases { add { $0.kind = kind } }
        for status in AccountStatus.allCases { add { $0.status = status } }
        for riskClass in RiskClass.allCases { add { $0.riskClass = riskClass } }
        for dispute in DisputeKind.allCases { add { $0.dispute = dispute } }
        for status in SubjectStatus.allCases {
            entries.append(Samples.entry(100 + entries.count, status: status))
        }
        let store = try temporary.open()
        defer { try? store.close() }
        try store.importBook(entries)
        for (number, entry) in entries.enumerated() {
            let record = try #require(try await store.record(100 + number).first)
            #expect(record.accounts == [Samples.asRead(entry.account)])
            #expect(record.status == entry.subjectStatus)
        }
    }

    @Test("reports a stored value that cannot be read as damage, never as nothing held")
    func unreadable() async throws {
        try temporary.withDatabase { db in
            try db.execute(sql: "UPDATE account SET openedMonth = 202513")
        }
        let store = try temporary.open()
        defer { try? store.close() }
        await #expect(throws: StoreError.damaged(path: temporary.path)) {
            try await store.record(1)
        }
    }
}
