import Membership
import Pseudonym
import StrictJSON
import Testing

@testable import Exchange

@Suite("Manifest")
struct ManifestTests {
    @Test("a manifest reads back as it was written, and what it adds is ignored")
    func roundTrip() throws {
        let bytes = Samples.manifest.json.encoded
        let json = try JSONValue(parsing: bytes, limits: .answer)
            .setting("x-new", to: 1).setting("filters[0].x-new", to: 12)
            .setting("members[0].x-new", to: [])
        let read = try Manifest(json: json)
        #expect(read == Samples.manifest)
        #expect(read.json.encoded == bytes)
    }

    @Test("a filter names the entry of the log that announced it")
    func logIndex() throws {
        let json = try Samples.manifest.json.setting("filters[0].logIndex", to: 12)
        let read = try Manifest(json: json)
        #expect(read.filters.map { $0.logIndex?.value } == [12])
        #expect(try Manifest(json: read.json) == read)
    }

    @Test(
        "a manifest with a fault is malformed",
        arguments: [
            .without("node", ()), .put("node", "Lakeside", ()),
            .without("asOf", ()), .put("asOf", .null, ()), .put("asOf", "2026-11-25", ()),
            .without("filters", ()), .put("filters", .null, ()),
            .put("filters", .array(Array(repeating: filter, count: 65)), ()),
            .put("filters[0]", .null, ()),
            .without("filters[0].kid", ()), .put("filters[0].kid", "k 1", ()),
            .without("filters[0].n", ()), .put("filters[0].n", -1, ()),
            .put("filters[0].n", .integer(TokenFilter.countMax + 1), ()),
            .without("filters[0].p", ()), .put("filters[0].p", 19, ()),
            .put("filters[0].p", "20", ()),
            .without("filters[0].digest", ()), .put("filters[0].digest", "sha-256=:AAAA:", ()),
            .without("filters[0].generated", ()),
            .without("members", ()), .put("members", ["a": 1], ()),
            .put("members", .array(Array(repeating: .null, count: 1025)), ()),
            .without("members[0].member", ()), .put("members[0].member", "", ()),
            .put("members[0].bookAsOf", "2026-11-24", ()),
            .without("members[0].subjects", ()), .put("members[0].subjects", -1, ()),
            .without("members[0].undisclosed", ()), .put("members[0].undisclosed", .null, ()),
        ] as [Edit<Void>])
    func fault(edit: Edit<Void>) throws {
        let json = try edit.apply(to: Samples.manifest.json)
        #expect(throws: JSONError.self) { try Manifest(json: json) }
    }

    @Test("64 filters, and one of as many tokens as there may be, are read")
    func bounds() throws {
        let many = try Samples.manifest.json.setting(
            "filters", to: .array(Array(repeating: Self.filter, count: 64)))
        #expect(try Manifest(json: many).filters.count == 64)
        let large = try Samples.manifest.json.setting(
            "filters[0].n", to: .integer(TokenFilter.countMax))
        #expect(try Manifest(json: large).filters[0].count == TokenFilter.countMax)
    }

    private static var filter: JSONValue {
        (try? Samples.manifest.json.value(at: "filters[0]")) ?? .null
    }
}
