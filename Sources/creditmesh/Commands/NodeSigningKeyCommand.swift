import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh node signing-key`: makes another key of requests, answers or the log.
struct NodeSigningKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing-key",
        abstract: "Make another key of requests, answers, the log, or the node as a witness.",
        discussion: """
            Prints what the directory must list beside the keys that it lists already. A running \
            node signs with the new key from its next start on, once the directory lists it last; \
            the log is signed with both until the directory leaves out the old one. Then its file \
            may go.

            Examples:
              creditmesh node signing-key --home ./lakeside --member lakeside
              creditmesh node signing-key --home ./lakeside --answers
              creditmesh node signing-key --home ./lakeside --log
              creditmesh node signing-key --home ./lakeside --witness
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose requests the key signs.")
    var member: String?
    @Flag(name: .long, help: "The key signs the node's answers.")
    var answers = false
    @Flag(name: .long, help: "The key signs the node's exchange log.")
    var log = false

    @Flag(name: .long, help: "The key cosigns the logs of others; see witness.port in node.yaml.")
    var witness = false

    func validate() throws {
        guard [member != nil, answers, log, witness].count(where: { $0 }) == 1 else {
            throw ValidationError("give one of --member, --answers, --log and --witness")
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
                } else if answers {
                    report(
                        try SigningKeys.createAnswerKey(
                            home: home.nodeHome, node: configuration.node),
                        place: "answerKeys of node \(configuration.node)")
                } else if witness {
                    try makeWitnessKey(configuration)
                } else {
                    try makeLogKey(configuration)
                }
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    /// The log's key bears the log's name, which holds that of the consortium.
    private func makeLogKey(_ configuration: NodeConfiguration) throws {
        let consortium = try DirectoryFile.load(configuration.directory).consortium
        let origin = NodeLog.origin(of: configuration.node, in: consortium)
        let publicKey = try SigningKeys.createLogKey(
            home: home.nodeHome, node: configuration.node)
        guard let key = VerifierKey(name: origin, algorithm: .ed25519, publicKey: publicKey) else {
            throw CommandFailure("failed", "a log cannot be named '\(origin)'")
        }
        output.write(
            ["origin": .string(origin), "vkey": .string(key.description)],
            text: """
                For the directory, last under log.vkeys of node \(configuration.node), whose \
                origin is \(origin):
                  \(key)
                """)
    }

    /// What the directory lists of a witness, but for its URL and operator.
    private func makeWitnessKey(_ configuration: NodeConfiguration) throws {
        let consortium = try DirectoryFile.load(configuration.directory).consortium
        let name = SigningKeys.witnessName(of: configuration.node, in: consortium)
        let publicKey = try SigningKeys.createWitnessKey(
            home: home.nodeHome, node: configuration.node)
        guard let key = VerifierKey(name: name, algorithm: .cosignature, publicKey: publicKey)
        else { throw CommandFailure("failed", "a witness cannot be named '\(name)'") }
        output.write(
            ["name": .string(name), "vkey": .string(key.description)],
            text: """
                For the directory, under witnesses, with the url at which logs reach witness.port \
                and the node's operator:
                  "name": "\(name)", "vkey": "\(key)"
                """)
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
