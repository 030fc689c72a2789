import Testing

@testable import Membership

@Suite("Names")
struct NameTests {
    @Test(
        "a node or member id is [a-z0-9-]{3,40}",
        arguments: ["abc", "a-1", "---", "007", String(repeating: "z", count: 40)])
    func takesID(text: String) {
        #expect(NodeID(text)?.text == text)
        #expect(MemberID(text)?.description == text)
    }

    @Test(
        "refuses other ids",
        arguments: [
            "", "ab", "Abc", "a.b", "a_b", "a b", "abc\n", "ab\u{0}", "hafen-straße", "ａｂｃ",
            "ab\u{301}c", String(repeating: "z", count: 41),
        ])
    func refusesID(text: String) {
        #expect(NodeID(text) == nil)
        #expect(MemberID(text) == nil)
    }

    @Test("a consortium id may have dots and 60 bytes")
    func consortium() {
        #expect(ConsortiumID("demo.creditmesh") != nil)
        #expect(ConsortiumID(String(repeating: "a", count: 60)) != nil)
        for bad in ["ab", "demo/x", "Demo", "demo_1", String(repeating: "a", count: 61)] {
            #expect(ConsortiumID(bad) == nil)
        }
    }

    @Test("a key name is [A-Za-z0-9_-]{1,32}")
    func keyName() {
        for good in ["k", "K1_-", String(repeating: "k", count: 32)] {
            #expect(KeyName(good) != nil)
        }
        // U+212A is canonically equivalent to K and must not pass for it.
        for bad in ["", "k.1", "k 1", "k=", "\u{212A}1", String(repeating: "k", count: 33)] {
            #expect(KeyName(bad) == nil)
        }
    }

    @Test("names are ordered by their bytes")
    func order() throws {
        let names = ["b-1", "a-2", "a10", "a-10"].compactMap(NodeID.init)
        #expect(names.sorted().map(\.text) == ["a-10", "a-2", "a10", "b-1"])
    }
}
