import Exchange
import Membership
import Pseudonym
import Testing
import TransparencyLog

@Suite("Log entries")
struct LogEntryTests {
    private func hash(_ number: Int) throws -> MerkleHash {
        try #require(MerkleHash(bytes: Samples.bytes(number, count: 32)))
    }

    private func commitment(_ number: Int) throws -> Commitment {
        try #require(Commitment(bytes: Samples.bytes(number, count: 32)))
    }

    /// An entry in which everything stands, of the greatest length.
    private func longest(_ type: LogEntryType = .evaluationTimedOut) throws -> LogEntry {
        let name = String(repeating: "x", count: 40)
        var entry = LogEntry(type, at: Samples.now, node: Samples.node(name))
        entry.member = Samples.member(name)
        entry.peer = Samples.node(name)
        entry.isLocal = true
        entry.count = 1024
        entry.outcomes = LogOutcomes(found: 256, none: 256, refused: 256)
        entry.filter = LogFilters(try (0..<3).map(hash))
        entry.kid = KeyID(rawValue: String(repeating: "k", count: 32))
        entry.request = try hash(3)
        entry.response = try hash(4)
        entry.itemsRoot = try hash(5)
        entry.purpose = .representativeReview
        entry.channel = .console
        entry.operatorCommitment = try commitment(6)
        entry.caseCommitment = try commitment(7)
        entry.retainUntil = Samples.now
        return entry
    }

    @Test("are written in the order of the protocol, without what does not apply")
    func written() throws {
        var entry = LogEntry(.queryAnswered, at: Samples.now, node: Samples.node("lakeside-node"))
        entry.peer = Samples.node("harbor-node")
        entry.peerMember = Samples.member("harbor")
        entry.count = 2
        entry.kid = KeyID(rawValue: "k1")
        entry.request = .empty
        entry.purpose = .loanApproval
        entry.retainUntil = Samples.time("2031-11-25T12:00:00Z")
        let empty = Base64URL.encode(MerkleHash.empty.bytes)
        let text = """
            {"v":1,"type":"query-answered","at":"2026-11-25T12:00:00Z","node":"lakeside-node",\
            "peer":"harbor-node","peerMember":"harbor","count":2,"kid":"k1",\
            "request":"\(empty)","purpose":"loan-approval","retainUntil":"2031-11-25T12:00:00Z"}
            """
        #expect(String(decoding: try entry.bytes(), as: UTF8.self) == text)
        #expect(try LogEntry(bytes: Array(text.utf8)) == entry)
    }

    @Test("are read as they were written, every member", arguments: LogEntryType.allCases)
    func everyMember(type: LogEntryType) throws {
        var entry = try longest(type)
        #expect(try LogEntry(bytes: try entry.bytes()) == entry)
        entry.filter = LogFilters(try (0..<9).map(hash))
        entry.directory = try hash(8)
        entry.directoryVersion = 7
        entry.member = nil
        entry.peerMember = Samples.member("harbor")
        #expect(try LogEntry(bytes: try entry.bytes()) == entry)
    }

    @Test("of an exchange fit a receipt's header, however long their names are")
    func longestFits() throws {
        let bytes = try longest().bytes()
        #expect(bytes.count <= LogEntry.exchangeBytesMax)
        // What an entry adds to a receipt, beside the deepest proof and two signatures.
        let proof = InclusionProof.hashesMax * 45
        #expect(bytes.count * 4 / 3 + proof + 1024 <= Receipt.bytesMax)
    }

    @Test("name few filters one by one, and many by a root in which each can be proved")
    func filters() throws {
        let few = try (0..<3).map(hash)
        #expect(LogFilters(few) == .digests(few))
        #expect(LogFilters([]) == LogFilters.none)
        let many = try (0..<4).map(hash)
        let leaves = many.map { MerkleHash.leaf($0.bytes) }
        let root = MerkleHash.node(
            .node(leaves[0], leaves[1]), .node(leaves[2], leaves[3]))
        #expect(LogFilters(many) == .root(root))
    }

    @Test("hold a statement as it is, and the digest of one that is too long")
    func statements() throws {
        let bytes = Array(#"{"statement":"creditmesh-statement-v1","parts":[]}"#.utf8)
        var entry = LogEntry(.published, at: Samples.now, node: Samples.node("lakeside-node"))
        entry.statement = LogStatement(bytes)
        #expect(entry.statement == .whole(bytes))
        let read = try LogEntry(bytes: try entry.bytes())
        #expect(read == entry)
        #expect(read.statement?.digest == LogStatement(bytes).digest)

        let long = Array(#"["\#(String(repeating: "a", count: 60_000))"]"#.utf8)
        entry.statement = LogStatement(long)
        #expect(entry.statement == .digest(LogStatement(long).digest))
        #expect(try LogEntry(bytes: try entry.bytes()) == entry)
        // A second spelling of the same document is another statement.
        let spaced = Array(#"{"parts": []}"#.utf8)
        #expect(LogStatement(spaced) == .digest(LogStatement(spaced).digest))
    }

    @Test(
        "have one spelling",
        arguments: [
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node" }"#,
            #"{"type":"audit-read","v":1,"at":"2026-11-25T12:00:00Z","node":"a-node"}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node","x":1}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node","count":null}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node","count":-1}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node","local":false}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node","filter":[]}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25","node":"a-node"}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"A"}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z"}"#,
            #"{"v":1,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node"}x"#,
            #"[]"#, "",
        ])
    func malformed(text: String) {
        #expect(throws: LogEntryError.malformed) { try LogEntry(bytes: Array(text.utf8)) }
    }

    @Test(
        "of a later version are told from damage",
        arguments: [
            #"{"v":2,"type":"audit-read","at":"2026-11-25T12:00:00Z","node":"a-node"}"#,
            #"{"v":1,"type":"later","at":"2026-11-25T12:00:00Z","node":"a-node","new":1}"#,
        ])
    func later(text: String) {
        #expect(throws: LogEntryError.unknown) { try LogEntry(bytes: Array(text.utf8)) }
    }

    @Test("are not written with values that could not be read again")
    func unwritable() throws {
        var entry = LogEntry(.auditRead, at: Samples.now, node: Samples.node("a-node"))
        entry.count = -1
        #expect(throws: LogEntryError.value) { try entry.bytes() }
        entry.count = nil
        entry.target = String(repeating: "x", count: LogEntry.targetBytesMax + 1)
        #expect(throws: LogEntryError.value) { try entry.bytes() }
        var answered = try longest()
        answered.statement = LogStatement(
            Array(#"["\#(String(repeating: "a", count: 900))"]"#.utf8))
        #expect(throws: LogEntryError.tooLong) { try answered.bytes() }
    }
}
