import ArgumentParser
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh denial sign`
struct DenialSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a denial: all who are denied from now on; nobody, to lift everything.",
        discussion: "Works without network. The version must be greater than every one before.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var regulator: RegulatorOptions
    @Option(help: "The file of the private key.")
    var key: String
    @Option(help: "The version of this denial, from 1.")
    var version: Int
    @Option(help: "The file to write.")
    var out: String
    @Argument(help: "Ids of nodes and members.")
    var ids: [String] = []

    func run() async throws {
        try await output.runDenial {
            let (consortium, member) = try regulator.checked()
            let key = try DenialKey(file: URL(filePath: key), of: member, in: consortium)
            let note = try key.note(version: version, ids: ids)
            try PrivateFile.write(note, to: URL(filePath: out))
            output.write(
                [
                    "file": .string(out), "version": .integer(version),
                    "ids": .array(ids.map { .string($0) }),
                ],
                text: ids.isEmpty
                    ? "\(out): version \(version) denies nobody 不停用任何成员"
                    : "\(out): version \(version) denies 停用 \(ids.joined(separator: ", "))")
        }
    }
}
