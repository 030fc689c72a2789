import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh node init`: makes the home of a node, and prints what the directory must list.
struct NodeInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the home of a node: folders, configuration and keys.",
        discussion: """
            Prints the public keys that the directory must list for this node and its members. The \
            certificate (tls/node.pem, tls/node.key) and the consortium's roots (tls/roots.pem) \
            come from whoever runs the consortium.

            Example:
              creditmesh node init --home ./lakeside --node lakeside-node --member lakeside \\
                --consortium demo.example --directory /srv/creditmesh/members.json
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The node's id in the directory.")
    var node: String
    @Option(
        name: .long,
        help: "A member that the node serves, whose requests it signs; may be given repeatedly.")
    var member: [String] = []
    @Option(name: .long, help: "The consortium; needed while the directory cannot be read.")
    var consortium: String?
    @Option(name: .long, help: "The directory's file, members.json.")
    var directory: String
    @Option(name: .long, help: "Address on which peers reach the node.")
    var host = "0.0.0.0"
    @Option(name: .long, help: "Port on which peers reach the node; 0 takes a free one.")
    var port = 8443
    @Option(name: .long, help: "Port of the local API on 127.0.0.1; 0 takes a free one.")
    var localPort = 8480

    func run() async throws {
        try await output.run {
            guard let id = NodeID(node) else {
                throw CommandFailure("usage", "--node must be an id, [a-z0-9-]{3,40}")
            }
            let members = try member.map { text in
                guard let member = MemberID(text) else {
                    throw CommandFailure("usage", "--member must be an id, [a-z0-9-]{3,40}")
                }
                return member
            }
            let consortium = try consortiumID()
            let configuration = NodeConfiguration(
                node: id, directory: URL(filePath: directory), listenHost: host, listenPort: port,
                localPort: localPort)
            do {
                let keys = try NewHome.make(
                    home.nodeHome, configuration: configuration, members: members,
                    now: SystemClock().now)
                report(keys, members: members, log: try keys.nodeLog(of: id, in: consortium))
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
        }
    }

    /// The consortium that is named, or that of the directory: the log's key bears its name.
    private func consortiumID() throws(CommandFailure) -> ConsortiumID {
        if let consortium {
            guard let id = ConsortiumID(consortium) else {
                throw CommandFailure("usage", "--consortium must match [a-z0-9.-]{3,60}")
            }
            return id
        }
        do {
            return try DirectoryFile.load(URL(filePath: directory)).consortium
        } catch {
            throw CommandFailure(
                "usage", "the directory cannot be read yet, so --consortium must be given")
        }
    }

    private func report(_ keys: NewKeys, members: [MemberID], log: NodeLog) {
        let pseudonym: JSONValue = [
            "kid": .string(keys.pseudonym.kid.rawValue), "state": "current",
            "publicKey": .string(Base64URL.encode(keys.pseudonym.secret.publicKey.bytes)),
        ]
        let logEntry: JSONValue = [
            "origin": .string(log.origin),
            "vkeys": .array(log.verifierKeys.map { .string($0.description) }),
        ]
        let requests = members.compactMap { member in
            keys.requests[member].map { (member: member, key: $0) }
        }
        output.write(
            [
                "node": .string(node), "home": .string(home.nodeHome.folder.path),
                "voprfKeys": [pseudonym], "answerKeys": [Self.entry(keys.answer)],
                "log": logEntry,
                "members": .array(
                    requests.map {
                        [
                            "id": .string($0.member.description),
                            "requestKeys": [Self.entry($0.key)],
                        ]
                    }),
            ],
            text: """
                Made \(home.nodeHome.folder.path).
                For the directory, under node \(node):
                  "voprfKeys": [\(pseudonym.text)]
                  "answerKeys": [\(Self.entry(keys.answer).text)]
                  "log": \(logEntry.text)
                """
                    + requests.map { member, key in
                        "\nUnder member \(member):\n  \"requestKeys\": [\(Self.entry(key).text)]"
                    }.joined())
    }

    /// A key as the directory lists it.
    static func entry(_ key: SigningKeyEntry) -> JSONValue {
        [
            "keyid": .string(key.keyID.description), "publicKey": .string(key.publicKey.base64URL),
        ]
    }
}

extension JSONValue {
    /// The document in one line.
    fileprivate var text: String { String(decoding: encoded, as: UTF8.self) }
}
