import Testing

@testable import Book

@Suite("Proposed mappings")
struct ProposalTests {
    private static let chinese = """
        某银行贷款台账,,,,,,,,,,
        单位：万元,,,,,,,,,,
        客户名称,证件类型,证件号码,借据号,放款日期,贷款金额（万元）,贷款余额（万元）,逾期天数,五级分类,还款方式,账户状态
        测试甲,身份证,999999199012310022,JJ001,2025/1/5,10,8.5,0,正常,等额本息,正常
        测试公司,统一社会信用代码,91999999MA0TE5T08K,JJ002,2025-1-5,"1,000",200,95,关注,一次还本,逾期
        测试乙,身份证,999999200002290131,JJ003,45231,20,0,,正常,等额本金,已结清
        合计,,,,,"1,030",208.5,,,,
        """

    private func propose(_ csv: String) throws -> MappingProposal {
        try MappingProposal(name: "My file", source: .bytes(Array(csv.utf8)))
    }

    private func ground(_ proposal: MappingProposal, _ field: String) -> String? {
        proposal.findings.first { $0.field == field }.map {
            "\($0.ground.rawValue) \($0.source ?? "")"
        }
    }

    private func rows(_ csv: String, _ proposal: MappingProposal) throws -> [BookRow] {
        try BookFixture.rows(
            of: csv, #require(proposal.mapping, "\(proposal.yaml)"), asOf: .init("2026-10-31"))
    }

    @Test("a Chinese export with a title is understood whole")
    func chineseExport() throws {
        let proposal = try propose(Self.chinese)
        #expect(proposal.skipLines == 2)
        #expect(!proposal.isPlain)
        #expect(ground(proposal, "identifier") == "column 证件号码")
        #expect(ground(proposal, "scheme") == "column 证件类型")
        #expect(ground(proposal, "role") == "assumed borrower")
        #expect(ground(proposal, "balance") == "column 贷款余额（万元）")
        let rows = try rows(Self.chinese, proposal)
        let records = rows.compactMap { row -> AccountRecord? in
            if case .record(let record) = row { record } else { nil }
        }
        try #require(rows.count == 4 && records.count == 3)
        #expect(records.map(\.scheme) == ["cn-rid", "cn-uscc", "cn-rid"])
        #expect(records.map(\.retail) == [true, false, true])
        #expect(records.map(\.status) == [.open, .open, .settled])
        #expect(records.map { $0.balance?.minorUnits } == [8_500_000, 200_000_000, 0])
        #expect(records.map { $0.openedMonth?.description } == ["2025-01", "2025-01", "2023-11"])
        #expect(records[1].facts.daysPastDue == .known(95))
        #expect(records[2].facts.daysPastDue == .unknown)
        // Classes beyond the sample are understood alike.
        #expect(proposal.mapping?.riskClass(ofOwn: "损失") == .loss)
    }

    @Test("an English export with other separators is understood", arguments: [";", "|", "\t"])
    func englishExport(delimiter: String) throws {
        let csv = [
            "Cust Name,ID No.,Loan No,Open Date,Loan Balance,DPD,Loan Status,CCY",
            "Test A,999999199012310022,L-1,31/12/2025,\"12,5\",30,Active,USD",
            "Test B,999999200002290131,L-2,01/11/2025,12,0,Closed,USD",
        ].map { $0.replacing("\"12,5\"", with: "12.5").replacing(",", with: delimiter) }
        let text = csv.joined(separator: "\n")
        let proposal = try propose(text)
        #expect(proposal.yaml.contains("date: dd/MM/yyyy"))
        #expect(ground(proposal, "scheme") == "assumed cn-rid")
        #expect(ground(proposal, "retail") == "assumed true")
        #expect(ground(proposal, "currency") == "column CCY")
        let rows = try rows(text, proposal)
        guard case .record(let record) = rows.first, rows.count == 2 else {
            Issue.record("\(rows)")
            return
        }
        #expect(record.balance == Money(minorUnits: 1_250, currency: "USD"))
        #expect(record.openedMonth?.description == "2025-12")
    }

    @Test("the plain layout needs no mapping, wherever its cells are separated otherwise")
    func plain() throws {
        let header = "scheme,identifier,accountNumber,role,kind,product,retail,status,daysPastDue"
        let row = "cn-rid,999999199012310022,a,borrower,card,credit-card,true,open,0"
        let plain = try propose("\(header)\n\(row)\n")
        #expect(plain.isPlain)
        #expect(plain.mapping == (try ShippedMapping.plain.mapping()))
        let other = "\(header)\n\(row)\n".replacing(",", with: ";")
        #expect(try rows(other, propose(other)).count == 1)
    }

    @Test("what cannot be told is named, and the mapping is none until it is filled in")
    func missing() throws {
        let csv = """
            姓名,证件号码,放款日期,余额
            测试甲,999999199012310022,01/02/2025,5
            测试乙,91999999MA0TE5T08K,03/04/2025,6
            """
        let proposal = try propose(csv)
        #expect(proposal.mapping == nil)
        for field in ["accountNumber", "scheme", "openedMonth", "daysPastDue"] {
            #expect(ground(proposal, field) == "missing ", "\(field)")
            #expect(proposal.yaml.contains("# FILL IN \(field): "))
        }
        #expect(proposal.findings.allSatisfy { $0.remark.chinese != "" && $0.remark.english != "" })
        let filled = proposal.yaml.replacing("constants:", with: "constants:\n  scheme: cn-rid")
            .replacing("columns:", with: "columns:\n  accountNumber: 姓名")
        #expect(throws: Never.self) { try ColumnMapping(yaml: Array(filled.utf8)) }
    }

    @Test("names and values must agree; a name that stands twice is not taken")
    func contradictions() throws {
        let csv = """
            证件号码,借据号,余额,逾期天数,余额
            999999199012310022,1,many,0,1
            999999199012310022,2,few,0,1
            """
        let proposal = try propose(csv)
        #expect(ground(proposal, "balance") == nil)
        let dates = "证件号码,借据号,逾期天数,贷款余额\n1999-01-01,1,早,五\n1999-01-02,2,晚,六\n"
        let second = try propose(dates)
        #expect(ground(second, "identifier") == "missing ")
        #expect(ground(second, "daysPastDue") == "missing ")
        #expect(ground(second, "balance") == nil)
    }

    @Test("a column whose texts nobody understands is no ground to assume anything")
    func unknownTexts() throws {
        let csv = "证件号码,借据号,逾期天数,账户状态\n999999199012310022,1,0,Z9\n"
        let proposal = try propose(csv)
        #expect(ground(proposal, "status") == "missing ")
        #expect(proposal.mapping == nil)
        let empty = try propose(csv.replacing("Z9", with: ""))
        #expect(ground(empty, "status") == "assumed open")
    }

    @Test("accounts that repeat may be months of one")
    func repeated() throws {
        let rows = (0..<10).map { "999999199012310022,\($0 / 2),0\n" }.joined()
        let proposal = try propose("证件号码,借据号,逾期天数\n\(rows)")
        let finding = proposal.findings.first { $0.field == "accountNumber" }
        #expect(finding?.remark.english.contains("periods") == true)
    }

    @Test(
        "days may be months late or a due date",
        arguments: [
            ("逾期期数", "2", "from: months-late"), ("最早逾期日期", "2026-10-01", "from: due-date"),
        ])
    func days(name: String, value: String, key: String) throws {
        let proposal = try propose("证件号码,借据号,\(name)\n999999199012310022,1,\(value)\n")
        #expect(proposal.yaml.contains(key))
        #expect(proposal.mapping != nil)
    }

    @Test("names with any signs make a valid mapping")
    func quoting() throws {
        let csv = "\"证件号码\"\"x\",借据号\\n,逾期天数: {a}\n999999199012310022,1,0\n"
        let proposal = try propose(csv)
        #expect(try rows(csv, proposal).count == 1)
    }

    @Test(
        "a file without a header is refused, not guessed", arguments: ["", "1,2\n3,4\n", "a\nb\n"])
    func noHeader(csv: String) {
        #expect(throws: BookError.self) { try propose(csv) }
    }

    @Test("no borrower stands in a proposal")
    func redaction() throws {
        let proposal = try propose(Self.chinese)
        let shown = proposal.yaml + "\(proposal.findings)"
        for secret in ["999999199012310022", "91999999MA0TE5T08K", "JJ001", "测试甲"] {
            #expect(!shown.contains(secret))
        }
    }
}
