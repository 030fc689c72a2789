import ArgumentParser
import Authority
import Exchange
import Foundation
import TUF

/// `creditmesh authority …`
struct AuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "Sign and publish who belongs to the consortium.",
        discussion: """
            Officers sign drafts on machines of their own; a folder with drafts and repository is \
            carried from one to the next.

              creditmesh authority key alice --out alice.key
              creditmesh authority init DIR --officer alice.key.pub … --threshold 2 --online …
              creditmesh authority propose DIR members.json
              creditmesh authority sign DIR 1.root.json --key alice.key
              creditmesh authority publish DIR --key online-1.key

            New nodes come in by invitation:
              creditmesh authority ca DIR --consortium lenders.example
              creditmesh authority invite DIR --authority https://… --node ID … --out FILE
              creditmesh authority run DIR --host … --key online-1.key
              creditmesh authority approve DIR ID
            """,
        subcommands: [
            AuthorityKeyCommand.self, AuthorityInitCommand.self, AuthorityProposeCommand.self,
            AuthorityKeysCommand.self,
            AuthoritySuspendCommand.self, AuthorityReinstateCommand.self,
            AuthorityAdmitCommand.self, AuthorityWithdrawCommand.self,
            AuthorityRotateCommand.self, AuthoritySignCommand.self, AuthorityPublishCommand.self,
            AuthorityCACommand.self, AuthorityInviteCommand.self, AuthorityApproveCommand.self,
            AuthorityRunCommand.self, AuthorityCertifyCommand.self,
        ])
}

extension OutputOptions {
    /// Runs the work of an authority's command.
    func runAuthority(_ work: () async throws -> Void) async throws {
        try await run {
            do {
                try await work()
            } catch let error as AuthorityError {
                throw CommandFailure(error)
            }
        }
    }
}

extension CommandFailure {
    /// A failure of the authority's tools, with its code of protocol/errors.md.
    init(_ error: AuthorityError) {
        switch error {
        case .file(let name, let what): self.init("file", "\(name): \(what)")
        case .passphrase: self.init("passphrase", error.description)
        case .draft(let what): self.init("draft", what)
        case .directory(let what): self.init("directory", what)
        case .unknownID: self.init("unknown-id", error.description)
        case .status: self.init("status", error.description)
        case .enrolment(let refusal): self.init("invitation", refusal.detail)
        case .refused(let fault): self.init(fault.fault.rawValue, error.description)
        }
    }
}

extension MetadataTime {
    /// The machine's clock.
    static var now: MetadataTime { MetadataTime(seconds: Int(Date().timeIntervalSince1970)) }
}
