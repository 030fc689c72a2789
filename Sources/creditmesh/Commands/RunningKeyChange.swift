import Exchange
import Foundation
import NodeAssembly
import StrictJSON

/// What `creditmesh node rekey` does while the node runs: it asks the node.
struct RunningKeyChange {
    private let home: NodeHome
    private let output: OutputOptions

    init(home: NodeHome, output: OutputOptions) {
        self.home = home
        self.output = output
    }

    /// Takes a step; whether the coming key is ready.
    ///
    /// - Parameter files: of private halves; nil when the command was told to look at one member alone.
    func run(_ step: NodeRekeyCommand.Step?, files: [String]?) async throws -> Bool {
        let client = try LocalClient(home: home)
        switch step {
        case nil:
            guard let files else {
                throw CommandFailure("in-use", "the node runs: leave --member out")
            }
            let preparation = try KeyPreparation(
                json: try await client.post(
                    "/api/v1/pseudonym-key/next",
                    [
                        "privateKeyFiles": .array(
                            files.map { .string(URL(filePath: $0).standardizedFileURL.path) })
                    ]))
            KeyChangeTask.report(preparation, to: output)
            return preparation.isReady
        case .activate:
            throw CommandFailure(
                "in-use",
                "the node runs: it takes the key into use by itself when it is ready and listed")
        case .retire:
            let answer = try await client.post("/api/v1/pseudonym-key/retire", [:])
            var reader = try JSONObjectReader(answer)
            let kids = reader.optional("destroyed")?.elements?.compactMap(\.text) ?? []
            KeyChangeTask.reportDestroyed(kids, to: output)
            return true
        }
    }
}
