import Exchange
import Logging
import Membership
import StrictJSON
import Testing

@testable import PeerHTTP

/// A client of `lakeside-node`.
enum Asker {
    /// Runs `body` with a client that is ended afterwards.
    static func with<Result>(
        _ consortium: TestConsortium, _ body: (PeerClient) async throws -> Result
    ) async throws -> Result {
        let client = PeerClient(
            tls: TLSInForce(try consortium.material(for: TestConsortium.asker)),
            signers: try TestKeys.signers(), directory: ManualDirectory(try consortium.directory()),
            clock: consortium.clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }
}

extension PeerClient {
    /// Signs and sends a message as `lakeside`; a refusal is thrown.
    func ask(
        _ message: PeerMessage, at node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws -> PeerReply {
        let call = try sign(message, to: node, as: #require(MemberID("lakeside")))
        let reply = try await send(call, deadline: deadline)
        if case .refusal(let code) = reply.content { throw PeerFailure.refused(code) }
        return reply
    }

    /// The manifest as `lakeside` gets it.
    func manifest(
        of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws -> Manifest {
        try await manifest(of: node, as: #require(MemberID("lakeside")), deadline: deadline)
    }

    /// A filter as `lakeside` gets it.
    func filter(
        _ filter: ManifestFilter, of node: NodeEntry, deadline: ContinuousClock.Instant
    ) async throws -> [UInt8] {
        try await self.filter(
            filter, of: node, as: #require(MemberID("lakeside")), deadline: deadline)
    }
}

extension PeerReply {
    /// The body as a document.
    func document() throws -> JSONValue {
        try JSONValue(parsing: body, limits: JSONLimits(documentBytesMax: 1 << 20))
    }
}
