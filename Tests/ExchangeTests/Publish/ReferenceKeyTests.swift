import Testing

@testable import Exchange

@Suite("References of accounts")
struct ReferenceKeyTests {
    private let key: ReferenceKey

    init() throws {
        key = try #require(ReferenceKey(bytes: 0..<32))
    }

    @Test("are the HMAC that another program computes")
    func vector() {
        let reference = key.reference(member: Samples.member("harbor"), accountNumber: "L-1")
        #expect(hex(reference.bytes) == "305e70010647330ec70624918d8f837e")
        let digest = key.caseDigest(member: Samples.member("harbor"), caseName: "A 17")
        #expect(
            hex(digest) == "638260cad32e9a67aa0b0d322906fb7375f979d8e97d59dc27228eae84511771")
    }

    @Test("differ by key, member and number, and are the same again")
    func distinct() throws {
        let other = try #require(ReferenceKey(bytes: 1..<33))
        let reference = { (key: ReferenceKey, member: String, number: String) in
            key.reference(member: Samples.member(member), accountNumber: number)
        }
        let all = [
            reference(key, "harbor", "L-1"), reference(key, "harbor", "L-2"),
            reference(key, "lakeside", "L-1"), reference(other, "harbor", "L-1"),
        ]
        #expect(Set(all).count == 4)
        #expect(reference(key, "harbor", "L-1") == all[0])
        #expect(
            key.caseDigest(member: Samples.member("harbor"), caseName: "L-1").prefix(16)
                != all[0].bytes[...])
    }

    @Test("need a key of 32 bytes", arguments: [0, 31, 33])
    func keyLength(count: Int) {
        #expect(ReferenceKey(bytes: Array(repeating: UInt8(7), count: count)) == nil)
    }

    @Test("stay the same at every import, in every part, and differ between members")
    func imports() async throws {
        let node = try AnswerScene().node
        let reference = { (member: String) in
            try await node.records(.zhang)[member]?.accounts.first?.reference
        }
        _ = try PlainImport([.init(.zhang, account: "L-1")], into: node)
        let first = try #require(await reference("lakeside"))
        _ = try PlainImport(
            [.init(.zhang, account: "L-1") { $0.balance = "1" }], correction: "mistyped",
            into: node)
        #expect(try await reference("lakeside") == first)
        _ = try PlainImport([], correction: "another part", into: node)
        _ = try PlainImport([.init(.zhang, account: "L-1")], part: "cards", into: node)
        #expect(try await reference("lakeside") == first)
        _ = try PlainImport([.init(.zhang, account: "L-1")], by: "reed", into: node)
        #expect(try await reference("reed") != first)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
