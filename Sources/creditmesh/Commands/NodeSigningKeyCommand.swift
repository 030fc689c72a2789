import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh node signing-key`: makes another key of requests or answers.
struct NodeSigningKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing-key",
        abstract: "Make another key that signs a member's requests, or the node's answers.",
        discussion: """
            Prints what the directory must list beside the keys that it lists already. A running \
            node signs with the new key from its next start on, once the directory lists it last; \
            then the directory may leave out the old one, and its file may go.

            Examples:
              creditmesh node signing-key --home ./lakeside --member lakeside
              creditmesh node signing-key --home ./lakeside --answers
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose requests the key signs.")
    var member: String?
    @Flag(name: .long, help: "The key signs the node's answers.")
    var answers = false

    func validate() throws {
        guard answers == (member == nil) else {
            throw ValidationError("give either --member or --answers")
        }
    }

    func run() async throws {
        try await output.run {
            do {
                let configuration = try NodeConfiguration(home: home.nodeHome)
                if let member {
                    guard let id = MemberID(member) else {
                        throw CommandFailure("usage", "--member must be an id, [a-z0-9-]{3,40}")
                    }
                    report(
                        try SigningKeys.createRequestKey(home: home.nodeHome, member: id),
                        place: "requestKeys of member \(id)")
                } else {
                    report(
                        try SigningKeys.createAnswerKey(
                            home: home.nodeHome, node: configuration.node),
                        place: "answerKeys of node \(configuration.node)")
                }
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    private func report(_ key: SigningKeyEntry, place: String) {
        let entry = NodeInitCommand.entry(key)
        output.write(
            entry,
            text: """
                For the directory, last under \(place):
                  \(String(decoding: entry.encoded, as: UTF8.self))
                """)
    }
}
