import Foundation
import Testing

@Suite("Documents")
struct DocumentsTests {
    private let repository = Repository.own

    @Test("every schema is JSON and says which dialect it is written in")
    func schemas() throws {
        let paths = repository.files(under: "protocol/schemas")
        try #require(paths.count > 5)
        for path in paths {
            let schema = try repository.json(path, as: Schema.self)
            #expect(!schema.title.isEmpty, "\(path)")
            #expect(schema.dialect == "https://json-schema.org/draft/2020-12/schema", "\(path)")
        }
    }

    @Test("every file that a schema or the API's description refers to is there")
    func references() throws {
        let paths =
            repository.files(under: "protocol/schemas") + ["protocol/openapi.yaml"]
        for path in paths {
            for file in Self.referencedFiles(in: try repository.text(path)) {
                #expect(repository.exists(Self.path(to: file, from: path)), "\(path): \(file)")
            }
        }
    }

    @Test("every link leads somewhere")
    func links() throws {
        let paths = repository.files(endingIn: ".md")
        try #require(paths.contains("protocol/README.md"))
        for path in paths {
            for fault in try Self.faults(inLinksOf: path, of: repository) {
                Issue.record("\(path): \(fault)")
            }
        }
    }

    @Test("every page of the protocol is in its index")
    func index() throws {
        let index = MarkdownPage(try repository.text("protocol/README.md"))
        let pages = repository.files(under: "protocol").filter { path in
            path.split(separator: "/").count == 2 && path != "protocol/README.md"
        }
        for page in pages {
            #expect(index.targets.contains(String(page.dropFirst("protocol/".count))), "\(page)")
        }
    }

    @Test("finds links that lead nowhere")
    func badLinks() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "links-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "a"), withIntermediateDirectories: true)
        let write = { (text: String, path: String) in
            try Data(text.utf8).write(to: folder.appending(path: path))
        }
        try write("# One Two: `three`!\n[up](../b.md)\n[here](#one-two-three)", "a/a.md")
        try write(
            """
            [a](a/a.md) [a](a/a.md#one-two-three) [web](https://example.org/x) `[code](no.md)`
            ```
            [fence](no.md)
            ```
            [gone](no.md) [gone](a/a.md#no) [gone](#no) [out](../../b.md)
            """, "b.md")
        let repository = Repository(root: folder)
        #expect(try Self.faults(inLinksOf: "a/a.md", of: repository) == [])
        #expect(
            try Self.faults(inLinksOf: "b.md", of: repository) == [
                "no.md is not there", "a/a.md#no is not there", "#no is not there",
                "../../b.md is not there",
            ])
    }

    private static func faults(inLinksOf path: String, of repository: Repository) throws -> [String]
    {
        try MarkdownPage(repository.text(path)).targets.compactMap { target in
            if target.contains("://") { return nil }
            let parts = target.split(separator: "#", omittingEmptySubsequences: false)
            let page = parts[0].isEmpty ? path : self.path(to: parts[0], from: path)
            guard !page.hasPrefix(".."), repository.exists(page) else {
                return "\(target) is not there"
            }
            guard parts.count == 2 else { return nil }
            let anchors = MarkdownPage(try repository.text(page)).anchors
            return anchors.contains(String(parts[1])) ? nil : "\(target) is not there"
        }
    }

    /// The path of a file that another file names relative to itself.
    private static func path(to target: some StringProtocol, from file: String) -> String {
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for step in target.split(separator: "/") where step != "." {
            if step == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(step))
            }
        }
        return parts.joined(separator: "/")
    }

    /// The files in `$ref` members, without what stands behind `#`.
    private static func referencedFiles(in text: String) -> Set<String> {
        let references = text.split(separator: "$ref").dropFirst().map { rest in
            rest.drop { "\"': ".contains($0) }.prefix { !"\"'#\n ,}".contains($0) }
        }
        return Set(references.filter { !$0.isEmpty }.map(String.init))
    }
}

extension Repository {
    /// A JSON document.
    func json<Document: Decodable>(_ path: String, as type: Document.Type) throws -> Document {
        try JSONDecoder().decode(type, from: Data(text(path).utf8))
    }
}
