import Exchange
import Logging
import Membership
import NIOSSL
import ServiceLifecycle
import Testing

@testable import PeerHTTP

/// A peer server on loopback with its sources, which a test may change while it runs.
struct RunningServer: Sendable {
    let consortium: TestConsortium
    let port: Int
    let service: FakePeerService
    let directory: ManualDirectory
    let clock: ManualClock
    let log: LogCollector
    /// The denials that count at the server.
    let denials: DenialBoard
    /// Hears of new directories.
    let listener: ManualListener
    /// The certificate that new connections get.
    let tls: TLSInForce
    private let group: ServiceGroup

    /// Runs a server of `harbor-node` while `body` runs, then stops it gracefully.
    static func with<Result: Sendable>(
        service: FakePeerService = FakePeerService(),
        configure: (inout PeerServerConfiguration) -> Void = { _ in },
        _ body: (RunningServer) async throws -> Result
    ) async throws -> Result {
        try await TestConsortium.with { consortium in
            var configuration = PeerServerConfiguration(
                host: "127.0.0.1", port: 0,
                tls: TLSInForce(try consortium.material(for: TestConsortium.server)))
            configure(&configuration)
            return try await run(configuration, consortium, service, body)
        }
    }

    private static func run<Result: Sendable>(
        _ configuration: PeerServerConfiguration, _ consortium: TestConsortium,
        _ service: FakePeerService, _ body: (RunningServer) async throws -> Result
    ) async throws -> Result {
        let (ports, ready) = AsyncStream<Int>.makeStream()
        let directory = ManualDirectory(try consortium.directory())
        let clock = consortium.clock
        let log = LogCollector()
        let board = try DenialBoard(shelf: MemoryShelf(), directory: directory.current)
        let listener = ManualListener()
        let inForce = DenyingDirectory(officers: directory, board: board)
        let server = PeerServer(
            configuration: configuration, service: service,
            denials: DenialDesk(board: board, directory: inForce) { _ in },
            reachability: ReachabilityDesk(clock: clock) { _ in .unreachable },
            listener: listener, signers: try TestKeys.signers(), directory: inForce, clock: clock,
            logger: log.logger,
            onReady: { _ = ready.yield($0) })
        let group = ServiceGroup(
            configuration: .init(services: [server], logger: Logger(label: "test")))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next(), "the server did not start")
            directory.replace(with: try consortium.directory(port: port))
            let running = RunningServer(
                consortium: consortium, port: port, service: service, directory: directory,
                clock: clock, log: log, denials: board, listener: listener,
                tls: configuration.tls, group: group)
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(running))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    /// Begins the graceful stop.
    func stop() async {
        await group.triggerGracefulShutdown()
    }

    /// From now on the asker has a status in the directory, or is not listed.
    func list(asker status: NodeEntry.Status?) throws {
        directory.replace(with: try consortium.directory(asker: status, port: port))
    }

    /// From now on the directory lists these keys of the server's answers.
    func listAnswerKeys(_ keys: [SigningKeyEntry]) throws {
        let old = try consortium.directory(port: port)
        directory.replace(
            with: try Directory(
                version: 2, consortium: old.consortium, charter: old.charter,
                nodes: old.nodes.map { node in
                    node.id.text == TestConsortium.server
                        ? NodeEntry(
                            id: node.id, operatorName: node.operatorName, endpoint: node.endpoint,
                            answerKeys: keys) : node
                }, members: old.members))
    }

    /// Waits until so many calls have come in.
    func waitForCalls(_ count: Int) async throws {
        while await service.calls.count < count { await Task.yield() }
    }

    /// The server as the directory lists it.
    func entry() throws -> NodeEntry { try consortium.entry(TestConsortium.server, port: port) }

    /// What the directory calls this server's endpoint.
    var endpoint: String { "https://127.0.0.1:\(port)" }

    /// A connection of `lakeside-node`, or with other TLS, whose requests are signed by `lakeside`.
    func connect(_ tls: TLSConfiguration? = nil) async throws -> RawConnection {
        try await RawConnection.open(
            port: port, tls: tls ?? consortium.clientTLS(),
            sign: { [endpoint, clock] text, body in
                var signature = TestSignature()
                signature.created = Int(clock.now.secondsSinceEpoch)
                return try RequestText(text: text)
                    .signed(signature, body: body, endpoint: endpoint).text
            })
    }

    /// One request over a connection of its own.
    func request(_ text: String, body: [UInt8] = []) async throws -> RawResponse {
        try await connect().exchange(text, body: body)
    }
}
