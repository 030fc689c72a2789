import ArgumentParser
import Authority
import Foundation
import Membership

/// `creditmesh authority keys`
struct AuthorityKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Draft the directory with keys that nodes state, for officers to sign.",
        discussion: """
            The files are those of `creditmesh node rotate`. Each must be signed with a key of the \
            node's answers that is published; nothing but keys of that node and its members changes. \
            按节点提交的密钥声明起草成员目录，由签署官签署。

            Example:
              creditmesh authority keys /srv/authority lakeside.keys
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "The statements of keys.")
    var file: [String]

    func run() async throws {
        try await output.runAuthority {
            let statements = try file.map { path in (path, try Self.bytes(of: path)) }
            let name = try await AuthorityFolder(URL(filePath: folder))
                .draftKeys(statements, now: .now)
            output.write(
                ["drafts": .array([.string(name)])],
                text: "drafted \(name) for \(file.joined(separator: ", "))")
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: KeyStatement.bytesMax + 1)
        else { throw CommandFailure("file", "\(path) cannot be read") }
        return Array(data)
    }
}
