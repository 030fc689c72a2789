import Exchange
import Foundation
import Membership
import NodeAssembly
import PeerHTTP
import ServiceLifecycle

/// What a node spends on a large directory that officers signed: taking it, reading it at a start, and
/// asking for it when nothing is new.
struct SignedDirectoryBench {
    let directory: Directory
    /// Of the authority, and of one home.
    let folder: URL

    func run(into table: inout BenchTable) async throws {
        let officers = try await LocalOfficers(
            in: folder.appending(path: "authority"), publishing: directory,
            now: SystemClock().now)
        let home = try home()
        let members = directory.members.count - 1
        let clock = ContinuousClock()
        var start = clock.now
        try await officers.found(home, now: SystemClock().now)
        table.add(
            "signed directory of \(members) members, taken",
            (clock.now - start).inSeconds * 1000, "ms", aim: .directoryMilliseconds)
        start = clock.now
        let signed = try Self.signedDirectory(home)
        table.add(
            "signed directory of \(members) members, at a start",
            (clock.now - start).inSeconds * 1000, "ms", aim: .directoryMilliseconds)
        let bytes = try await pollBytes(signed, officers)
        table.add(
            "asking the authority, nothing new, TLS included", Double(bytes), "bytes",
            aim: .pollBytes)
    }

    private func home() throws -> NodeHome {
        guard let node = directory.nodes.first else { throw BenchError.id }
        let home = NodeHome(folder.appending(path: "home"))
        _ = try NewHome.make(
            home,
            configuration: NodeConfiguration(node: node.id, directory: home.directoryFile),
            members: [], now: SystemClock().now)
        return home
    }

    private static func signedDirectory(_ home: NodeHome) throws -> SignedDirectory {
        guard let origin = try NodeConfiguration(home: home).origin else { throw BenchError.id }
        return try SignedDirectory(
            home: home, origin: origin, clock: SystemClock(), interval: .seconds(30),
            logger: BenchConsortium.quiet)
    }

    /// What a round takes over the connection of the round before, both ways.
    private func pollBytes(
        _ signed: SignedDirectory, _ officers: LocalOfficers
    ) async throws -> Int {
        try await serving(officers) { port in
            let relay = try ByteRelay(to: port)
            defer { relay.close() }
            let authority = try RepositoryFetcher(
                url: "https://127.0.0.1:\(relay.port)",
                roots: officers.authority.certificates.folder.appending(path: "ca.pem").path)
            var counts: [Int] = []
            for _ in 0..<2 {
                guard await signed.refresh(from: authority, named: "authority") else {
                    throw BenchError.notServing
                }
                counts.append(relay.byteCount)
            }
            await authority.shutdown()
            return counts[1] - counts[0]
        }
    }

    /// Serves the officers' repository as `authority run` does, while `work` runs with its port.
    private func serving<Result: Sendable>(
        _ officers: LocalOfficers, _ work: (Int) async throws -> Result
    ) async throws -> Result {
        guard let host = EndpointHost("127.0.0.1") else { throw BenchError.id }
        let issuer = try officers.authority.createCertificateAuthority(
            of: directory.consortium, passphrase: Array("of the bench".utf8), now: Date())
        let (ports, ready) = AsyncStream<Int>.makeStream()
        let authority = try RunningAuthority(
            folder: officers.authority, online: officers.renewing, issuer: issuer,
            site: .init(listenHost: "127.0.0.1", listenPort: 0, hosts: [host]),
            logger: BenchConsortium.quiet
        ) { ready.yield($0) }
        let services = ServiceGroup(services: [authority], logger: BenchConsortium.quiet)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { ready.finish() }
                try await services.run()
            }
            var found = ports.makeAsyncIterator()
            guard let port = await found.next() else { throw BenchError.notServing }
            let result = try await work(port)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return result
        }
    }
}
