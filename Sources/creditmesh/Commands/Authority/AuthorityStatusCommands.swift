import ArgumentParser
import Authority
import Foundation

/// `creditmesh authority suspend`
struct AuthoritySuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Draft that nodes or members are not asked and not answered for now.",
        discussion: StatusOptions.discussion)

    @OptionGroup var output: OutputOptions
    @OptionGroup var options: StatusOptions

    func run() async throws { try await options.draft(.suspend, output) }
}

/// `creditmesh authority reinstate`
struct AuthorityReinstateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reinstate",
        abstract: "Draft that suspended nodes or members take part again.",
        discussion: StatusOptions.discussion)

    @OptionGroup var output: OutputOptions
    @OptionGroup var options: StatusOptions
    @Flag(help: "The members are on trial then.")
    var trial = false

    func run() async throws { try await options.draft(.reinstate, output, isTrial: trial) }
}

/// `creditmesh authority admit`
struct AuthorityAdmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admit",
        abstract: "Draft that members on trial take part like all others.",
        discussion: StatusOptions.discussion)

    @OptionGroup var output: OutputOptions
    @OptionGroup var options: StatusOptions

    func run() async throws { try await options.draft(.admit, output) }
}

/// `creditmesh authority withdraw`
struct AuthorityWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Draft that nodes or members are gone for good; their ids stay taken.",
        discussion: StatusOptions.discussion)

    @OptionGroup var output: OutputOptions
    @OptionGroup var options: StatusOptions

    func run() async throws { try await options.draft(.withdraw, output) }
}

/// Whose status is changed.
struct StatusOptions: ParsableArguments {
    static let discussion = """
        Begins with the published directory; officers sign and an online key publishes, as after \
        `propose`. Another draft of the directory that waits for signatures is replaced.
        """

    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "Ids of nodes and members.")
    var ids: [String]
    @Option(help: "Why, for the officers who sign; it is not published.")
    var reason: String?

    /// Drafts the change.
    func draft(
        _ change: StatusChange, _ output: OutputOptions, isTrial: Bool = false
    ) async throws {
        try await output.runAuthority {
            let name = try await AuthorityFolder(URL(filePath: folder))
                .draft(change, of: ids, reason: reason, isTrial: isTrial, now: .now)
            output.write(
                ["drafts": .array([.string(name)]), "ids": .array(ids.map { .string($0) })],
                text: "drafted \(name): \(change.rawValue) \(ids.joined(separator: ", "))")
        }
    }
}
