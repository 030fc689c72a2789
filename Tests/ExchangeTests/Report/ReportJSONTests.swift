import Foundation
import StrictJSON
import Testing

@testable import Exchange

@Suite("Report as JSON")
struct ReportJSONTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let schemas = root.appending(path: "protocol/schemas")

    @Test("has exactly the members of its schema")
    func members() throws {
        let data = try Data(contentsOf: Self.schemas.appending(path: "report.json"))
        let schema = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: Any])
        guard case .object(let members) = Samples.report().json else {
            Issue.record("not an object")
            return
        }
        #expect(Set(members.map(\.name)) == Set(properties.keys))
        #expect(Set(schema["required"] as? [String] ?? []) == Set(properties.keys))
    }

    @Test(
        "satisfies its schema",
        .enabled(if: Self.hasValidator, "needs python3 with the package jsonschema"))
    func schema() throws {
        for report in [
            Samples.report(), Samples.report(masking: .masked), Samples.report(missing: false),
        ] {
            let status = try Self.validate(report.json.encoded)
            #expect(status == 0)
        }
        let broken: JSONValue = ["complete": "yes"]
        #expect(try Self.validate(broken.encoded) != 0, "the validator must be able to fail")
    }

    @Test("masks lenders in every member")
    func masked() {
        let text = Samples.report(masking: .masked).json.prettyPrinted
        for hidden in ["lakeside", "cedar", "湖畔", "Reed"] { #expect(!text.contains(hidden)) }
        #expect(text.contains("lender-1"))
    }

    private static var hasValidator: Bool {
        (try? run("import jsonschema, referencing", input: [])) == 0
    }

    /// 0 when the report fits the schema.
    private static func validate(_ report: [UInt8]) throws -> Int32 {
        try run(
            """
            import json, sys, pathlib
            from jsonschema import Draft202012Validator
            from referencing import Registry, Resource
            from referencing.jsonschema import DRAFT202012
            folder = pathlib.Path(sys.argv[1])
            files = {f.name: json.loads(f.read_text()) for f in folder.glob('*.json')}
            registry = Registry().with_resources(
                (name, Resource.from_contents(content, default_specification=DRAFT202012))
                for name, content in files.items())
            schema = dict(files['report.json'], **{'$id': 'report.json'})
            Draft202012Validator(schema, registry=registry).validate(json.load(sys.stdin))
            """, input: report)
    }

    private static func run(_ script: String, input: [UInt8]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, schemas.path]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
