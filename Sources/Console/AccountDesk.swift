import Exchange
import HTTPTypes
import Hummingbird
import Membership
import NIOCore
import Pseudonym
import StrictJSON

/// `PUT /api/v1/book/accounts/{ref}` and `POST /api/v1/book/references`: decode, validate, put,
/// render (protocol/local-api.md, single accounts).
public struct AccountDesk: Sendable {
    /// Account numbers of one request for references.
    public static let referencesMax = 1024
    /// What a sender waits for who came while a file is imported.
    public static let busyRetryAfterSeconds = 5

    private let register: AccountRegister

    /// Makes the desk of a node.
    public init(register: AccountRegister) {
        self.register = register
    }

    /// Puts one account.
    func put(
        _ request: Request, reference: String?, for scope: AccessScope
    ) async throws -> Response {
        guard let reference = reference.flatMap(AccountReference.init(path:)) else {
            throw LocalProblem(.notFound, "not-found", "a reference is 16 bytes in base64url")
        }
        let key = try key(of: request)
        let body = try await Self.body(of: request)
        let statement: AccountStatement
        do throws(JSONError) {
            statement = try AccountStatementReader(JSONValue(parsing: body, limits: Self.limits))
                .statement(reference: reference, key: key, request: reference.bytes + body)
        } catch {
            throw LocalProblem(error)
        }
        try scope.check(statement.member)
        do throws(AccountRefusal) {
            return Self.response(try await register.put(statement))
        } catch {
            throw LocalProblem(error)
        }
    }

    /// Gives the references of account numbers.
    func references(_ request: Request, for scope: AccessScope) async throws -> Response {
        let body = try await Self.body(of: request)
        let member: MemberID
        let numbers: [String]
        do throws(JSONError) {
            var reader = try JSONObjectReader(JSONValue(parsing: body, limits: Self.limits))
            member = try reader.required("member", "a member's id") {
                $0.text.flatMap(MemberID.init)
            }
            numbers = try reader.required("accountNumbers", "1 to 1024 texts of 1 to 128 bytes") {
                $0.texts.flatMap(Self.numbers)
            }
            try reader.refuseUnknown()
        } catch {
            throw LocalProblem(error)
        }
        try scope.check(member)
        do throws(AccountRefusal) {
            let references = try register.references(of: numbers, member: member)
            let json: JSONValue = [
                "references": .array(
                    references.map { .string(Base64URL.encode($0.bytes)) })
            ]
            return Self.response(Array(json.encoded))
        } catch {
            throw LocalProblem(error)
        }
    }

    private static let limits = JSONLimits(documentBytesMax: LocalAPIServer.requestBytesMax)

    private static func numbers(_ texts: [String]) -> [String]? {
        let isGood =
            (1...referencesMax).contains(texts.count)
            && texts.allSatisfy { AccountStatementReader.numberBytes.contains($0.utf8.count) }
        return isGood ? texts : nil
    }

    private func key(of request: Request) throws(LocalProblem) -> IdempotencyKey {
        let name = HTTPField.Name("Idempotency-Key")
        guard let name, let text = request.headers[name], let key = IdempotencyKey(text) else {
            throw LocalProblem(
                .badRequest, "idempotency-key",
                "send Idempotency-Key: 1 to 64 of A-Z, a-z, 0-9, _, -")
        }
        return key
    }

    private static func body(of request: Request) async throws -> [UInt8] {
        guard MediaType.isJSON(request.headers[.contentType]) else {
            throw LocalProblem(.unsupportedMediaType, "media-type", "send application/json")
        }
        let body = try await request.body.collect(upTo: LocalAPIServer.requestBytesMax)
        return Array(body.readableBytesView)
    }

    private static func response(_ json: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: json)))
    }
}

extension AccountReference {
    /// The reference in a path.
    fileprivate init?(path: String) {
        guard let bytes = try? Base64URL.decode(path) else { return nil }
        self.init(bytes: bytes)
    }
}

extension LocalProblem {
    /// JSON that cannot be taken.
    init(_ error: JSONError) {
        let isMalformed = if case .malformed = error { true } else { false }
        self.init(.badRequest, isMalformed ? "malformed-json" : "bad-request", error.description)
    }

    /// What the lender's system is told.
    init(_ refusal: AccountRefusal) {
        switch refusal {
        case .unknownMember:
            self.init(.forbidden, "unknown-member", "this node serves no such lender")
        case .referenceMismatch:
            self.init(
                .unprocessableContent, "reference-mismatch",
                "the reference is not that of member and accountNumber")
        case .ofTheFuture:
            self.init(.badRequest, "bad-request", "asOf: must not be later than today in UTC")
        case .rejected(let code, let column):
            self.init(
                .unprocessableContent, "row-rejected",
                "an import would reject this row; see protocol/book.md",
                members: [("reject", code), ("column", column)])
        case .keyReused:
            self.init(
                .unprocessableContent, "idempotency-key-reused",
                "this Idempotency-Key was used for another request")
        case .outdated:
            self.init(
                .conflict, "account-outdated", "the book knows a later day of this account")
        case .busy:
            self.init(
                .serviceUnavailable, "busy", "a file is being imported",
                retryAfterSeconds: AccountDesk.busyRetryAfterSeconds)
        case .diskFull:
            self.init(
                .init(code: 507, reasonPhrase: "Insufficient Storage"), "disk-full",
                "the node's disk is full; nothing was changed")
        case .failed:
            self.init(
                .internalServerError, "internal", "the store did not answer; see the node's log")
        }
    }
}
