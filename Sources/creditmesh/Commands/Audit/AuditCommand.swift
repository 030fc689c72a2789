import ArgumentParser
import Audit
import Exchange
import Foundation

/// `creditmesh audit`: the tools of a regulator.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Copy, check and compare the exchange logs of nodes.",
        subcommands: [
            AuditMirrorCommand.self, AuditVerifyCommand.self, AuditReconcileCommand.self,
            AuditConsentsCommand.self, AuditAnswersCommand.self, AuditOpenCommand.self,
            AuditOpeningKeyCommand.self,
            AuditReportCommand.self, AuditSearchCommand.self, AuditStatementCommand.self,
        ])
}

extension CommandFailure {
    /// What kept a tool of the regulator from its work.
    init(_ failure: AuditFailure) {
        switch failure {
        case .file(let name, let what): self.init("file", "\(name): \(what)")
        case .folder(let what): self.init("file", "the folder \(what)")
        case .source(let what): self.init("unreachable", "the log was not read: \(what)")
        case .openingKey(let kid):
            self.init("opening-key", "the private half of '\(kid)' is not among the keys given")
        case .untrue(let finding):
            self.init("untrue", finding.text(in: .english) + "; the copy stays as it was")
        }
    }
}

extension OutputOptions {
    /// Runs a tool of the regulator.
    func runAudit(_ work: () async throws -> Void) async throws {
        try await run {
            do {
                try await work()
            } catch let failure as AuditFailure {
                throw CommandFailure(failure)
            }
        }
    }
}

/// The exit status of a tool that did its work and found something.
enum AuditStatus {
    static let findings = ExitCode(3)
}
