import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh audit opening-key`: makes a regulator's opening keys.
struct AuditOpeningKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opening-key",
        abstract: "Make the keys with which a regulator opens blind evaluations, one a month.",
        discussion: """
            The private halves go into FOLDER, each in a file of mode 0600; keep it off every node. \
            The public halves are printed for the directory. In a month without a key nothing can \
            be asked where the charter names this regulator, so that keys are best listed early.

            Example:
              creditmesh audit opening-key --month 2026-12 --months 12 --out keys
            """)

    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The first month (UTC), such as 2026-12.")
    var month: String
    @Option(name: .long, help: "For how many months, 1 to 36.")
    var months = 1
    @Option(name: .long, help: "The folder of the private halves.")
    var out: String

    func run() async throws {
        try await output.run {
            guard let months = OpeningKeys.months(from: month, count: months) else {
                throw CommandFailure(
                    "usage",
                    "--month must be a month such as 2026-12, --months 1 to \(OpeningKeys.monthsMax)"
                )
            }
            do {
                let keys = try months.map { month in
                    try OpeningKeys.create(in: URL(filePath: out), month: month)
                }
                report(keys)
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    private func report(_ keys: [OpeningKeyEntry]) {
        let entries: [JSONValue] = keys.map { key in
            [
                "kid": .string(key.kid.text), "month": .string(key.month),
                "publicKey": .string(key.publicKey.base64URL),
            ]
        }
        let lines = entries.map { "  " + String(decoding: $0.encoded, as: UTF8.self) }
        output.write(
            ["openingKeys": .array(entries)],
            text: """
                For the directory, under openingKeys of the regulator:
                \(lines.joined(separator: ",\n"))
                The private halves are in \(out). Whoever has one can open every evaluation of its \
                month whose boxes it gets: keep the folder off the nodes.
                私钥在上述文件夹中：持有者可启封该月所有已移交的查询封盒，请勿存放于任何节点。
                """)
    }
}
