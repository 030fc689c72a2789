import ArgumentParser
import Foundation
import Membership
import NodeAssembly

/// `creditmesh denial …`
struct DenialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "denial",
        abstract: "Put nodes or members out at once, as a regulator, without the authority.",
        discussion: """
            A denial takes the place of the regulator's denial before it: it names all who are \
            denied from now on, under a greater version. One that names nobody lifts everything.

              creditmesh denial key --consortium C --member REGULATOR --out denial.key
              creditmesh denial sign --consortium C --member REGULATOR --key denial.key \\
                --version 1 --out 1.note harbor-node
              creditmesh denial send 1.note --home DIR
              creditmesh denial show --home DIR
            """,
        subcommands: [
            DenialKeyCommand.self, DenialSignCommand.self, DenialSendCommand.self,
            DenialShowCommand.self,
        ])
}

/// Whose denials.
struct RegulatorOptions: ParsableArguments {
    @Option(help: "The consortium.")
    var consortium: String
    @Option(help: "The regulator.")
    var member: String

    /// Both, checked.
    func checked() throws -> (consortium: ConsortiumID, regulator: MemberID) {
        guard let consortium = ConsortiumID(consortium) else {
            throw CommandFailure("usage", "--consortium is no consortium's id")
        }
        guard let regulator = MemberID(member) else {
            throw CommandFailure("usage", "--member is no member's id")
        }
        return (consortium, regulator)
    }
}

extension OutputOptions {
    /// Runs the work of a command about denials.
    func runDenial(_ work: () async throws -> Void) async throws {
        try await run {
            do {
                try await work()
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }
}
