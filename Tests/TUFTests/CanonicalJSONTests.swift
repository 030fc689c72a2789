import StrictJSON
import Testing

@testable import TUF

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    @Test(
        "writes the one form of a value",
        arguments: [
            (#"{"b":1,"a":[true,null,-3],"":{}}"#, #"{"":{},"a":[true,null,-3],"b":1}"#),
            (#"{ "z" : "é\u00e9\n\"\\/" }"#, "{\"z\":\"éé\n\\\"\\\\/\"}"),
            // U+FF61 is before U+1F600 by code points, and after it in UTF-16.
            (#"{"\ud83d\ude00":1,"\uff61":2}"#, "{\"\u{FF61}\":2,\"\u{1F600}\":1}"),
            (#"{"A":1,"a":2,"_":3}"#, #"{"A":1,"_":3,"a":2}"#),
            (#""\u0000\u001f\u007f""#, "\"\u{0}\u{1F}\u{7F}\""),
        ])
    func forms(text: String, canonical: String) throws {
        let value = try JSONValue(
            parsing: Array(text.utf8), limits: JSONLimits(documentBytesMax: 1_000))
        #expect(value.canonical == Array(canonical.utf8))
    }

    @Test("a number that is no integer has no canonical form")
    func fractions() {
        let value: JSONValue = ["a": [.fraction]]
        #expect(value.canonical == nil)
    }
}

@Suite("Times of metadata")
struct MetadataTimeTests {
    @Test(
        "reads and writes the one spelling",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T23:59:59Z", 951_868_799),
            ("2026-11-28T01:00:00Z", 1_795_827_600), ("2100-03-01T00:00:00Z", 4_107_542_400),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ])
    func spellings(text: String, seconds: Int) {
        #expect(MetadataTime(text)?.seconds == seconds)
        #expect(MetadataTime(seconds: seconds).description == text)
    }

    @Test(
        "refuses every other text",
        arguments: [
            "", "2026-11-28T01:00:00", "2026-11-28 01:00:00Z", "2026-11-28T01:00:00+00:00",
            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-28T24:00:00Z",
            "2026-11-28T01:60:00Z", "2026-11-28T01:00:60Z", "2026-11-28T01:00:00.5Z",
            "20２6-11-28T01:00:0Z", "2026-00-28T01:00:00Z",
        ])
    func refused(text: String) {
        #expect(MetadataTime(text) == nil)
    }
}
