import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh join`
struct JoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Join a consortium by an invitation, and run the node.",
        discussion: """
            Makes all keys, sends the public ones and a request for a certificate to the authority \
            that the token names, waits until its officers have approved, and puts the home in its \
            place. Then the node runs, as by 'node run', until SIGTERM or SIGINT, and asks every \
            other node whether it answers. Cut off at any point, the same command goes on where it \
            was; where the home is there already, it starts the node.

            With --no-run the node is left to whatever starts services here: 'node run --home DIR'.

            Read the fingerprint out to the authority, by telephone: it is how its officers know \
            that the keys are yours.

              creditmesh join harbor.token
              creditmesh query --home ./harbor-node …
            """)

    /// How long peers are asked again that have not heard of this node.
    static let peerPatience: Duration = .seconds(60)
    /// How long is waited between two such rounds.
    static let peerInterval: Duration = .seconds(5)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The token, a file that holds it, or -: standard input.")
    var token: String
    @Option(help: "The folder of the node; else the node's id, here.")
    var home: String?
    @Option(help: "ADDRESS:PORT to listen on; else all addresses, and the endpoint's port.")
    var listen: String?
    @Option(help: "Port of the local API on 127.0.0.1; 0 takes a free one.")
    var localPort = 8480
    @Flag(help: "Do not ask the other nodes.")
    var noPeerTest = false
    @Flag(help: "End when the home is in place; something else starts the node.")
    var noRun = false
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.run {
            let token = try readToken()
            let home = NodeHome(
                URL(filePath: home ?? token.node.text, directoryHint: .isDirectory))
            let teller = JoinTeller(isJSON: output.json, language: language)
            do {
                let joining = Joining(token, home: home, places: try places()) { teller.tell($0) }
                let directory = try await joining.run()
                if noRun { return try await end(home, directory, teller) }
            } catch let error as JoinError {
                throw CommandFailure(error)
            } catch let error as NodeError {
                throw CommandFailure(error)
            }
            try await NodeForeground(home: home).run { node, addresses in
                teller.serves(node.id, addresses)
                if !noPeerTest { try? await test(teller) { await PeerTest(node).run() } }
                if !Task.isCancelled { teller.end(home, isRunning: true) }
            }
        }
    }

    private func end(
        _ home: NodeHome, _ directory: Directory, _ teller: JoinTeller
    ) async throws {
        if !noPeerTest {
            try await test(teller) { try await PeerTest.run(home, directory: directory) }
        }
        teller.end(home, isRunning: false)
    }

    /// Asks in rounds: who has not heard of this node yet hears of it within 30 s.
    private func test(
        _ teller: JoinTeller, _ round: () async throws -> [PeerTest.Answer]
    ) async throws {
        let end = ContinuousClock.now + Self.peerPatience
        while true {
            let answers = try await round()
            let isWaiting = answers.contains { $0.result == .failure(.refused(.unknownNode)) }
            guard isWaiting, ContinuousClock.now < end else { return teller.tell(answers) }
            try await Task.sleep(for: Self.peerInterval)
        }
    }

    private func readToken() throws -> InvitationToken {
        let text: String
        if token == "-" {
            text = readLine() ?? ""
        } else if token.hasPrefix(InvitationToken.prefix) {
            text = token
        } else {
            guard let data = FileManager.default.contents(atPath: token),
                data.count <= EnrolmentLimits.tokenBytesMax
            else { throw CommandFailure("file", "\(token) cannot be read") }
            text = String(decoding: data, as: UTF8.self)
        }
        guard let read = InvitationToken(text) else {
            throw CommandFailure("usage", "that is no token of this version")
        }
        return read
    }

    private func places() throws -> Joining.Places {
        var places = Joining.Places()
        places.localPort = localPort
        guard let listen else { return places }
        guard let address = ListenAddress(listen) else {
            throw CommandFailure("usage", "--listen must be ADDRESS:PORT")
        }
        places.listenHost = address.host
        places.listenPort = address.port
        return places
    }
}

/// `ADDRESS:PORT` of a command line.
struct ListenAddress {
    let host: String
    let port: Int

    /// Reads it; the port may be 0.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon > text.startIndex
        else { return nil }
        host = String(text[..<colon])
        self.port = port
    }
}

extension CommandFailure {
    /// A failure of a join, with its code of protocol/errors.md.
    init(_ error: JoinError) {
        switch error {
        case .home(let error): self.init(error)
        case .authority(.unreachable): self.init("unreachable", error.description)
        case .authority(.untrusted), .otherRoot: self.init("untrusted", error.description)
        case .authority(.malformed): self.init("internal", error.description)
        case .authority(.refused(let code)): self.init(code, error.description)
        case .otherInvitation: self.init("file", error.description)
        }
    }
}
