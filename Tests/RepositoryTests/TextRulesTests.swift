import Foundation
import Testing

@Suite("Rules for every file")
struct TextRulesTests {
    private let repository = Repository.own

    @Test("the product ends no process by force and leaves nothing undone")
    func sources() throws {
        let paths = repository.files(under: "Sources", endingIn: ".swift")
        try #require(paths.count > 100)
        for path in paths {
            for fault in try TextRules.faults(inSource: repository.text(path)) {
                Issue.record("\(path): \(fault)")
            }
        }
    }

    @Test("test files are short enough too")
    func tests() throws {
        for path in repository.files(under: "Tests", endingIn: ".swift") {
            #expect(try TextRules.faults(inLengthOf: repository.text(path)) == [], "\(path)")
        }
    }

    @Test("no file names a machine's folders or holds a private key")
    func everyFile() throws {
        let paths = repository.files()
        try #require(paths.contains("Package.swift"))
        for path in paths {
            guard let text = try? repository.text(path) else { continue }
            for fault in TextRules.faults(inAny: text) { Issue.record("\(path): \(fault)") }
        }
    }

    @Test(
        "finds what breaks them in source",
        arguments: [
            "let a = try! b()", "let a = b as! C", "fatalError(\"a\")", "Swift.fatalError()",
            "// TODO: later", "/// FIXME", "/* a\n XXX */", "let a = \"\\(try! b())\"",
            String(repeating: "a\n", count: 501),
        ])
    func badSource(text: String) {
        #expect(TextRules.faults(inSource: text).count == 1)
    }

    @Test(
        "leaves alone what only looks like it",
        arguments: [
            "let a = try? b()", "let a = b as? C", "let text = \"try! as! fatalError( TODO\"",
            "// never try! here", "let fatalErrors = 0", "/// `XXXX` escapes",
            String(repeating: "a\n", count: 500),
        ])
    func goodSource(text: String) {
        #expect(TextRules.faults(inSource: text) == [])
    }

    @Test("finds folders of a machine", arguments: ["work", "home", "root", "Users"])
    func machineFolders(name: String) {
        #expect(TextRules.faults(inAny: "a\nsee /\(name)/ann/b").count == 1)
        #expect(TextRules.faults(inAny: "\"/\(name)/\"").count == 1)
        #expect(TextRules.faults(inAny: "see ../\(name)/a and a/\(name)/b, /\(name)") == [])
    }

    @Test("finds private keys and not their names")
    func privateKeys() {
        let label = "PRIVATE" + " KEY-----"
        let content = String(repeating: "MIGHAgEA", count: 8)
        #expect(TextRules.faults(inAny: "-----BEGIN \(label)\n\(content)").count == 1)
        #expect(TextRules.faults(inAny: "  -----BEGIN EC \(label)\n  \(content)").count == 1)
        #expect(TextRules.faults(inAny: "-----BEGIN \(label)\n\"garbage\"") == [])
        #expect(TextRules.faults(inAny: "-----BEGIN CERTIFICATE-----\n\(content)") == [])
    }
}
