import Exchange
import Foundation
import Membership
import StrictJSON

/// How a running node stands, for one look (protocol/local-api.md, "GET /api/v1/status").
struct NodeStatus: Sendable {
    let parts: NodeParts
    let version: String

    /// The document.
    func json() async throws -> JSONValue {
        let manifest = await parts.offline.publisher.manifest
        return [
            "node": .string(context.node.description),
            "version": .string(version),
            "at": .string(context.clock.now.description),
            "directory": directory,
            "log": try await log(),
            "filters": Self.filters(manifest),
            "members": .array(try await members(manifest)),
            "peers": .array(await peers()),
            "alarms": .integer(parts.alarms.raised.count),
            "certificateUntil": .string(
                Timestamp(parts.tls.current.statement.notAfter).description),
        ]
    }

    private var context: NodeContext { parts.offline.context }

    private var directory: JSONValue {
        let source = context.directory
        let issued = source.issued
        return .members([
            "version": .integer(issued.version),
            "nodes": .integer(issued.nodes.count),
            "members": .integer(issued.members.count),
            "nodeStatus": issued.node(context.node).map { .string($0.status.rawValue) },
            "expiresAt": source.expires.map { .string($0.description) },
        ])
    }

    private func log() async throws -> JSONValue {
        let size = try await context.log.checkpoint().checkpoint.head.size.value
        return ["size": .integer(size), "witnesses": parts.pusher.current.json]
    }

    private static func filters(_ manifest: Manifest?) -> JSONValue {
        guard let manifest else { return .null }
        return [
            "asOf": .string(manifest.asOf.description),
            "count": .integer(manifest.filters.count),
            "tokens": .integer(manifest.filters.reduce(0) { $0 + $1.count }),
        ]
    }

    private func members(_ manifest: Manifest?) async throws -> [JSONValue] {
        let days = try await context.store.bookDays()
        return context.directory.current.members(servedBy: context.node).map { member in
            let published = manifest?.members.first { $0.member == member.id }
            return .members([
                "member": .string(member.id.description),
                "role": .string(member.role.rawValue),
                "status": .string(member.status.rawValue),
                "bookAsOf": days[member.id].map { .string($0.description) },
                "subjects": published.map { .integer($0.subjects) },
                "undisclosed": published.map { .integer($0.undisclosed) },
            ])
        }
    }

    /// Every other node of the directory, with how the last look at it went.
    private func peers() async -> [JSONValue] {
        let looks = await parts.peerFilters.looks
        return context.directory.issued.nodes.filter { $0.id != context.node }.map { node in
            .members([
                "node": .string(node.id.description),
                "status": .string(node.status.rawValue),
                "last": looks[node.id]?.json,
            ])
        }
    }
}
