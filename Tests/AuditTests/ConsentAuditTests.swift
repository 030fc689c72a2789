import Crypto
import Exchange
import Foundation
import Testing
import TransparencyLog

@testable import Audit

@Suite("Evidence of consents")
struct ConsentAuditTests {
    private let scene: OpeningScene
    private let handed: URL

    init() throws {
        scene = try OpeningScene()
        handed = scene.scene.folder.appending(path: "handed")
        try FileManager.default.createDirectory(at: handed, withIntermediateDirectories: false)
    }

    /// A consent over a file, with the salt behind its digest.
    private func consent(_ number: Int, file: String) -> (consent: Consent, salt: [UInt8]) {
        let plain = BlindExchange.consent(number)
        let salt = Array(repeating: UInt8(0x50 + number), count: 32)
        return (
            Consent(
                basis: .consent, purposes: plain.purposes, reference: plain.reference,
                grantedAt: plain.grantedAt, expiresAt: plain.expiresAt,
                evidenceDigest: Array(SHA256.hash(data: salt + Array(file.utf8)))), salt
        )
    }

    /// Asks about somebody with a consent over a file.
    private func ask(_ number: Int, file: String) async throws -> [UInt8] {
        let exchange = try scene.exchange(number, about: [OpeningScene.zhang])
        try await exchange.log()
        let consent = consent(number, file: file)
        try await exchange.logQuery(consent: consent.consent)
        return consent.salt
    }

    private func demand(_ selection: EntrySelection? = nil) async throws -> ConsentDemand {
        try await scene.scene.mirrorBoth()
        let audit = ConsentAudit([
            scene.scene.copy(of: scene.scene.harbor), scene.scene.copy(of: scene.scene.lakeside),
        ])
        let made = try audit.demand(try selection ?? scene.all)
        #expect(made.findings == [])
        return made.demand
    }

    private func hand(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: handed.appending(path: name))
    }

    @Test("files that are those of the digests are nothing to object to, whatever they are called")
    func honest() async throws {
        let salts = [try await ask(1, file: "one"), try await ask(2, file: "two")]
        let demand = try await demand()
        #expect(demand.candidates == 2)
        #expect(demand.consents.map(\.index) == [2, 5])
        let names = demand.consents.map(\.referenceText)
        try hand(salts[0], "\(names[0]).salt")
        try hand(Array("one".utf8), "\(names[0]).pdf")
        try hand(salts[1], "\(names[1]).salt")
        try hand(Array("two".utf8), names[1])
        #expect(ConsentAudit.findings(demand.consents, handedOver: handed) == [])
    }

    @Test(
        "what is missing or another is found",
        arguments: [
            ("no file", nil, true, AuditFinding.Code.consentFileMissing),
            ("no salt", "one", false, .consentFileMissing),
            ("an empty file", "", true, .consentFileMissing),
            ("another file", "two", true, .consentFileDiffers),
            ("a file with a byte more", "one ", true, .consentFileDiffers),
        ] as [(String, String?, Bool, AuditFinding.Code)])
    func found(_ what: String, file: String?, hasSalt: Bool, code: AuditFinding.Code) async throws {
        let salt = try await ask(1, file: "one")
        let demand = try await demand()
        let name = try #require(demand.consents.first).referenceText
        if hasSalt { try hand(salt, "\(name).salt") }
        if let file { try hand(Array(file.utf8), "\(name).pdf") }
        let findings = ConsentAudit.findings(demand.consents, handedOver: handed)
        #expect(findings.map(\.code) == [code], "\(what)")
        #expect(findings.first?.index == 2)
        #expect(findings.first?.item == 0)
        #expect(findings.first?.proof == "evidence/2")
    }

    @Test("another salt, or one of another length, does not do")
    func salt() async throws {
        let salt = try await ask(1, file: "one")
        let demand = try await demand()
        let name = try #require(demand.consents.first).referenceText
        try hand(Array("one".utf8), "\(name).pdf")
        for other in [salt.map { $0 ^ 1 }, Array(salt.dropLast()), []] {
            try hand(other, "\(name).salt")
            let findings = ConsentAudit.findings(demand.consents, handedOver: handed)
            #expect(findings.map(\.code) == [.consentFileDiffers])
        }
        // Bytes that are moved from the file into the salt make the same digest, and are refused.
        try hand(salt + Array("o".utf8), "\(name).salt")
        try hand(Array("ne".utf8), "\(name).pdf")
        #expect(ConsentAudit.findings(demand.consents, handedOver: handed).count == 1)
    }

    @Test("a link is not followed out of the folder")
    func link() async throws {
        let salt = try await ask(1, file: "one")
        let demand = try await demand()
        let name = try #require(demand.consents.first).referenceText
        try hand(salt, "\(name).salt")
        let outside = scene.scene.folder.appending(path: "outside")
        try Data("one".utf8).write(to: outside)
        try FileManager.default.createSymbolicLink(
            at: handed.appending(path: "\(name).pdf"), withDestinationURL: outside)
        let findings = ConsentAudit.findings(demand.consents, handedOver: handed)
        #expect(findings.map(\.code) == [.consentFileMissing])
    }

    @Test("a demand names no subject, and reads back as it was written")
    func document() async throws {
        _ = try await ask(1, file: "one")
        let demand = try await demand(
            try #require(EntrySelection(member: nil, day: nil, count: 3, seed: 7)))
        #expect(demand.seed == "0000000000000007")
        let bytes = demand.json.encoded
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains(OpeningScene.zhang))
        #expect(!text.contains("token"))
        #expect(try ConsentDemand(bytes: bytes).consents == demand.consents)
        #expect(throws: (any Error).self) { try ConsentDemand(bytes: bytes.dropLast()) }
    }

    @Test("a query whose evidence is gone before its time is found")
    func evidenceGone() async throws {
        _ = try await ask(1, file: "one")
        try await scene.scene.mirrorBoth()
        let copy = scene.scene.copy(of: scene.scene.harbor)
        try FileManager.default.removeItem(at: copy.folder.appending(path: "evidence/2"))
        let made = try ConsentAudit([copy]).demand(try scene.all)
        #expect(made.demand.consents == [])
        #expect(made.findings.map(\.code) == [.evidenceMissing])
    }

    // MARK: Consents of books

    private static var everybody: EntrySelection {
        get throws { try sample(EntrySelection(member: nil, day: nil, count: 100, seed: 7)) }
    }

    /// Tells lakeside's log of consents of its book, one a text; an empty one names no evidence.
    private func record(_ files: [String], altered: Bool = false) async throws -> [UInt8] {
        let node = scene.scene.lakeside
        let salt = Array(repeating: UInt8(0x77), count: 32)
        let items = files.map { file in
            var consent = HeldConsent(
                basis: .consent, purposes: ["loan-approval"], grantedAt: scene.scene.clock.now,
                expiresAt: scene.scene.clock.now.advanced(bySeconds: 1000), evidenceDigest: nil)
            if !file.isEmpty {
                consent.evidenceDigest = Array(SHA256.hash(data: salt + Array(file.utf8)))
            }
            return BookEvent(.consent(consent)).value
        }
        let salts = try items.indices.map { number in
            try sample(CommitmentSalt(bytes: Array(repeating: UInt8(number), count: 32)))
        }
        var entry = LogEntry(.consentRecorded, at: scene.scene.clock.now, node: node.id)
        entry.member = node.member
        entry.count = items.count
        entry.itemsRoot = Commitment.itemsRoot(
            zip(items, salts).map { Commitment(to: $0, salt: $1) })
        entry.retainUntil = scene.scene.clock.now.advanced(bySeconds: 100_000)
        let beside = altered ? items.reversed() : items
        _ = try await node.log.append(
            entry, evidence: Evidence(items: beside, salts: salts), nonce: nil)
        return salt
    }

    @Test("those on which a lender's answers rest are drawn, too, each by itself")
    func ofBooks() async throws {
        let salt = try await record(["one", "", "two"])
        let demand = try await demand(try Self.everybody)
        #expect(demand.candidates == 0 && demand.bookCandidates == 2)
        #expect(demand.consents.map(\.item) == [0, 2])
        #expect(demand.consents.allSatisfy { $0.purpose == nil && $0.index == 0 })
        #expect(try ConsentDemand(bytes: demand.json.encoded).consents == demand.consents)
        let names = demand.consents.map(\.referenceText)
        for (name, file) in zip(names, ["one", "other"]) {
            try hand(salt, "\(name).salt")
            try hand(Array(file.utf8), "\(name).pdf")
        }
        let findings = ConsentAudit.findings(demand.consents, handedOver: handed)
        #expect(findings.map(\.code) == [.consentFileDiffers])
        #expect(findings.map(\.item) == [2])
        let one = try await self.demand(
            try #require(EntrySelection(member: nil, day: nil, count: 1, seed: 7)))
        #expect(one.consents.count == 1 && one.bookCandidates == 2)
        #expect(try scene.scene.verified(scene.scene.lakeside).isEmpty)
    }

    @Test("consents that are not those of the entry are a finding, and none is demanded")
    func altered() async throws {
        _ = try await record(["one", "two"], altered: true)
        try await scene.scene.mirrorBoth()
        let copy = scene.scene.copy(of: scene.scene.lakeside)
        let made = try ConsentAudit([copy]).demand(try Self.everybody)
        #expect(made.demand.consents == [] && made.demand.bookCandidates == 0)
        #expect(made.findings.map(\.code) == [.evidenceMissing])
        #expect(try scene.scene.verified(scene.scene.lakeside) == [.itemsDiffer])
        let ofQueries = try ConsentAudit([copy]).demand(try Self.everybody, of: [.ofQueries])
        #expect(ofQueries.findings == [])
    }
}
