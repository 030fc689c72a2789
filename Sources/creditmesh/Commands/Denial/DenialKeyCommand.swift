import ArgumentParser
import Foundation
import NodeAssembly

/// `creditmesh denial key`
struct DenialKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make a regulator's denial key.",
        discussion: """
            The private half goes into FILE (mode 0600); keep it off every node, since whoever has \
            it can put everybody out. The public half is printed for the directory.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var regulator: RegulatorOptions
    @Option(help: "The file to write; it must not be there.")
    var out: String

    func run() async throws {
        try await output.runDenial {
            let (consortium, member) = try regulator.checked()
            let key = try DenialKey.create(at: URL(filePath: out), of: member, in: consortium)
            output.write(
                ["denialKey": .string(key.publicHalf), "file": .string(out)],
                text: """
                    For the directory, denialKey of \(member):
                    \(key.publicHalf)
                    The private half is in \(out): keep it off the nodes.
                    私钥在 \(out)：持有者可令任何成员停用，请勿存放于任何节点。
                    """)
        }
    }
}
