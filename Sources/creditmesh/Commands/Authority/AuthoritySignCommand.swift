import ArgumentParser
import Authority
import Exchange
import Foundation
import StrictJSON

/// `creditmesh authority sign`
struct AuthoritySignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Show what a draft would change, and sign it.",
        discussion: """
            Nothing is signed before the changes were shown and `yes` was typed, or given as --yes. \
            Without --key the draft is only shown.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "The draft's name, such as 2.targets.json.")
    var draft: String
    @Option(help: "The file of the officer's private key.")
    var key: String?
    @Option(help: "A file with the key's passphrase; else it is asked for on the terminal.")
    var passphraseFile: String?
    @Flag(help: "Sign without asking.")
    var yes = false
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.runAuthority {
            let authority = AuthorityFolder(URL(filePath: folder))
            let review = try await authority.review(draft)
            guard let key else { return show(review) }
            if !output.json { show(review) }
            guard yes || isConfirmed else {
                throw CommandFailure("draft", "nothing was signed")
            }
            try await authority.sign(
                draft,
                by: AuthorityKeyOptions.signer(key: key, passphraseFile: passphraseFile))
            let signed = try await authority.review(draft)
            output.write(json(signed), text: status(signed))
        }
    }

    private func show(_ review: Review) {
        let lines = review.changes.map { "  - \($0.text(language))" } + reason(review)
        output.write(
            json(review), text: ([review.name] + lines + [status(review)]).joined(separator: "\n"))
    }

    private func reason(_ review: Review) -> [String] {
        review.reason.map { ["  " + (language == .chinese ? "理由：" : "reason: ") + $0] } ?? []
    }

    private var isConfirmed: Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        let question = language == .chinese ? "签署请输入 yes：" : "type yes to sign: "
        FileHandle.standardError.write(Data(question.utf8))
        return readLine() == "yes"
    }

    private func status(_ review: Review) -> String {
        let names = review.signers.joined(separator: ", ")
        switch language {
        case .english:
            return "signed by: \(names.isEmpty ? "nobody" : names); "
                + (review.missing == 0 ? "enough have signed" : "\(review.missing) more must sign")
        case .chinese:
            return "已签署：\(names.isEmpty ? "无" : names)；"
                + (review.missing == 0 ? "签署人数已足够" : "还需 \(review.missing) 人签署")
        }
    }

    private func json(_ review: Review) -> JSONValue {
        [
            "draft": .string(review.name),
            "changes": .array(review.changes.map { .string($0.text(language)) }),
            "reason": review.reason.map { .string($0) } ?? .null,
            "signers": .array(review.signers.map { .string($0) }),
            "missing": .integer(review.missing),
        ]
    }
}
