import StrictJSON
import Testing

@testable import Membership

@Suite("Directory rules")
struct DirectoryRuleTests {
    @Test("a broken value is refused with its path and rule", arguments: Mutation.values)
    func values(mutation: Mutation) throws {
        try expectRefusal(mutation)
    }

    @Test("entries that contradict each other are refused", arguments: Mutation.relations)
    func relations(mutation: Mutation) throws {
        try expectRefusal(mutation)
    }

    @Test("every object refuses members that it does not know", arguments: Mutation.objects)
    func unknownMembers(path: String) throws {
        let place = path.isEmpty ? "extra" : "\(path).extra"
        try expectRefusal(Mutation(place, .set(.integer(1)), .unknown))
    }

    @Test("every required member is missed", arguments: Mutation.required)
    func missing(path: String) throws {
        try expectRefusal(Mutation(path, .remove, .missing))
        try expectRefusal(Mutation(path, .set(.null), .missing))
    }

    @Test("every value is refused in another kind", arguments: Mutation.kinds)
    func kinds(path: String, kind: JSONKind) throws {
        let other: JSONValue = kind == .object ? .array([]) : .object([])
        try expectRefusal(Mutation(path, .set(other), .kind(kind)))
        try expectRefusal(Mutation(path, .set(.bool(true)), .kind(kind)))
    }

    @Test("a key with anything odd in it is not repeated in the complaint")
    func oddKey() throws {
        let odd = JSONValue.members(["999999199012310022 张三": .integer(1)])
        try expectRefusal(Mutation("charter", .set(odd), .unknown, at: "charter.?"))
    }

    @Test("complaints never repeat the value", arguments: Mutation.kinds)
    func silence(path: String, kind: JSONKind) throws {
        let sample = try JSONValue(
            parsing: SampleDirectory.bytes,
            limits: JSONLimits(documentBytesMax: Directory.bytesMax))
        let changed = sample.edited(at: path, .set(.string("张三\u{7}999999199012310022")))
        let complaint = #expect(throws: DirectoryError.self) {
            try Directory(json: Array(changed.prettyPrinted.utf8))
        }
        let text = complaint.map { "\($0) \(String(reflecting: $0))" } ?? ""
        #expect(text.contains(path))
        #expect(!text.contains("张三") && !text.contains("9999"))
    }

    private func expectRefusal(_ mutation: Mutation) throws {
        let sample = try JSONValue(
            parsing: SampleDirectory.bytes,
            limits: JSONLimits(documentBytesMax: Directory.bytesMax))
        let changed = sample.edited(at: mutation.path, mutation.edit)
        #expect(changed != sample, "the mutation changes nothing")
        #expect(
            throws: DirectoryError.invalid(path: mutation.complaintPath, rule: mutation.rule)
        ) {
            try Directory(json: Array(changed.prettyPrinted.utf8))
        }
    }
}
