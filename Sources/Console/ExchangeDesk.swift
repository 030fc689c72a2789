import Exchange
import Hummingbird
import Membership
import NIOCore
import StrictJSON

/// Shows a member its own entries of the node's log (protocol/local-api.md, "GET /api/v1/exchanges").
public struct ExchangeDesk: Sendable {
    private let entries: MemberEntries

    /// A desk.
    public init(entries: MemberEntries) {
        self.entries = entries
    }

    func answer(_ request: Request, for scope: AccessScope) async throws -> Response {
        guard let member = scope.member else { throw AccessScope.unopened }
        let wish = try Wish(request)
        let page: MemberEntries.Page
        do {
            page = try await entries.page(of: member, before: wish.before, limit: wish.limit)
        } catch {
            throw LocalProblem(
                .internalServerError, "internal", "the log did not answer; see the node's log")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try Self.json(page, of: member).encoded)))
    }

    private static func json(
        _ page: MemberEntries.Page, of member: MemberID
    ) throws -> JSONValue {
        let entries = try page.entries.map { index, bytes -> JSONValue in
            let entry = try JSONValue(
                parsing: bytes, limits: JSONLimits(documentBytesMax: LogEntry.bytesMax))
            return ["index": .integer(index), "entry": entry]
        }
        return .members([
            "member": .string(member.text), "size": .integer(page.size),
            "entries": .array(entries), "before": page.before.map(JSONValue.integer),
        ])
    }

    /// Which of them are wished for.
    private struct Wish {
        var before: Int?
        var limit = MemberEntries.pageMax

        init(_ request: Request) throws(LocalProblem) {
            for (name, value) in request.uri.queryParameters {
                let number = Int(value)
                switch name {
                case "before":
                    guard let number, number >= 0 else {
                        throw Self.refusal("before: a place in the log")
                    }
                    before = number
                case "limit":
                    guard let number, (1...MemberEntries.pageMax).contains(number) else {
                        throw Self.refusal("limit: 1 to \(MemberEntries.pageMax)")
                    }
                    limit = number
                default: throw Self.refusal("only before and limit are known")
                }
            }
        }

        private static func refusal(_ what: String) -> LocalProblem {
            LocalProblem(.badRequest, "bad-request", what)
        }
    }
}
