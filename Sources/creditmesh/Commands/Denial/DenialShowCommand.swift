import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh denial show`
struct DenialShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the denials that count at a node, whether or not it runs.")

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.runDenial {
            let configuration = try NodeConfiguration(home: home.nodeHome)
            let directory = try DirectoryFile.load(configuration.directory)
            let standing = try OfflineNode.denials(of: home.nodeHome, directory)
                .standing(in: directory)
            output.write(
                ["denials": .array(standing.map { Self.json($0.regulator, $0.denial) })],
                text: standing.isEmpty
                    ? "no denial counts here 本节点无生效的停用令"
                    : standing.map { Self.line($0.regulator, $0.denial) }
                        .joined(separator: "\n"))
        }
    }

    private static func json(_ regulator: MemberID, _ denial: Denial) -> JSONValue {
        [
            "regulator": .string(regulator.text), "version": .integer(denial.version),
            "ids": .array(denial.ids.map { .string($0) }),
        ]
    }

    private static func line(_ regulator: MemberID, _ denial: Denial) -> String {
        let ids = denial.ids.isEmpty ? "nobody 无" : denial.ids.joined(separator: ", ")
        return "\(regulator), version \(denial.version): denies 停用 \(ids)"
    }
}
