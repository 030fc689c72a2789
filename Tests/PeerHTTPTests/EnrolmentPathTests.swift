import Foundation
import Testing

@testable import PeerHTTP

@Suite("The authority's service in protocol/openapi.yaml")
struct EnrolmentPathTests {
    @Test("every path is there with its method, and no other")
    func described() throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "protocol/openapi.yaml")
        let name = try #require(DirectoryFileName("timestamp.json"))
        let paths: [EnrolmentPath] = [
            .repository(name), .certificates, .enrol, .renew, .invitation, .keys,
        ]
        let wanted = paths.map { path in
            let text = path.text.replacing("timestamp.json", with: "{file}")
            return "\(text) \(path.method.rawValue.lowercased())"
        }
        for path in paths { #expect(EnrolmentPath(path.text) == path) }
        #expect(try Set(operations(of: file)) == Set(wanted))
        #expect(EnrolmentPath("/.well-known/est/serverkeygen") == nil)
    }

    /// Paths and methods of the operations that have the tag.
    private func operations(of file: URL) throws -> [String] {
        var (path, method): (Substring, Substring) = ("", "")
        var found: [String] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if let match = line.wholeMatch(of: #/  (/[^ ]*):/#) {
                path = match.1
            } else if let match = line.wholeMatch(of: #/    (get|post|put|delete):/#) {
                method = match.1
            } else if line == "      tags: [authority]" {
                found.append("\(path) \(method)")
            }
        }
        return found
    }
}
