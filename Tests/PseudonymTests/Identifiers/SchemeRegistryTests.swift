import Testing

@testable import Pseudonym

@Suite("Schemes of a charter")
struct SchemeRegistryTests {
    @Test("knows what the charter lists, in its order, and nothing else")
    func knowsListed() throws {
        let registry = try SchemeRegistry(charter: [("lei", nil), ("permit", "[A-Z]+")])
        #expect(registry.schemes.map(\.rawValue) == ["lei", "permit"])
        #expect(registry.contains(.lei))
        #expect(!registry.contains(.residentID))
        #expect(throws: IdentifierError.unknownScheme) {
            try registry.identifier("999999199012310022", scheme: "cn-rid")
        }
        #expect(throws: IdentifierError.unknownScheme) {
            try registry.identifier("999999199012310022", scheme: "CN RID")
        }
    }

    @Test("leaves an identifier of the charter's own as typed, but for white space around it")
    func keepsCharterForm() throws {
        let registry = try SchemeRegistry(charter: [("permit", "[A-Za-z]{2}-\\d{2,4}")])
        let identifier = try registry.identifier(" aB-123\n", scheme: "permit")
        #expect(identifier.normalForm == "aB-123")
        #expect(identifier.isPersonal)
        let scheme = try #require(SchemeName(rawValue: "permit"))
        for wrong in ["aB123", "aB-1", "aB-12345", "aB -123", "ａB-123", "xaB-123", "aB-123x"] {
            #expect(throws: IdentifierError.pattern(scheme)) {
                try registry.identifier(wrong, scheme: "permit")
            }
        }
    }

    @Test("bounds and cleans identifiers of the charter's own")
    func boundsCharterIdentifiers() throws {
        let registry = try SchemeRegistry(charter: [("any", "[ -~\u{0}-\u{1F}]{1,}")])
        let scheme = try #require(SchemeName(rawValue: "any"))
        let longest = String(repeating: "a", count: Identifier.bytesMax)
        #expect(try registry.identifier(longest, scheme: "any").normalForm == longest)
        #expect(throws: IdentifierError.tooLong(bytesMax: Identifier.bytesMax)) {
            try registry.identifier(longest + "a", scheme: "any")
        }
        #expect(throws: IdentifierError.character(scheme, position: 2)) {
            try registry.identifier("a\u{0}b", scheme: "any")
        }
    }

    @Test("refuses charters that make no sense")
    func refusesBadCharters() throws {
        let permit = try #require(SchemeName(rawValue: "permit"))
        #expect(throws: SchemeError.patternNotAllowed(.lei)) {
            try SchemeRegistry(charter: [("lei", "[A-Z]+")])
        }
        #expect(throws: SchemeError.patternMissing(permit)) {
            try SchemeRegistry(charter: [("permit", nil)])
        }
        #expect(throws: SchemeError.duplicate(.lei)) {
            try SchemeRegistry(charter: [("lei", nil), ("lei", nil)])
        }
        #expect(throws: SchemeError.pattern(permit, .unsupported(position: 1))) {
            try SchemeRegistry(charter: [("permit", "(a+)+")])
        }
        let many = (0..<SchemeRegistry.schemesMax).map { ("s\($0)-x", "a" as String?) }
        #expect(try SchemeRegistry(charter: many).schemes.count == SchemeRegistry.schemesMax)
        #expect(throws: SchemeError.tooMany) {
            try SchemeRegistry(charter: many + [("one-more", "a")])
        }
    }

    @Test(
        "refuses names of another shape",
        arguments: ["", "a", "A1", "cn_rid", "cn rid", "número", String(repeating: "a", count: 41)])
    func refusesBadNames(name: String) {
        #expect(SchemeName(rawValue: name) == nil)
        #expect(throws: SchemeError.name(index: 1)) {
            try SchemeRegistry(charter: [("lei", nil), (name, "a")])
        }
    }
}
