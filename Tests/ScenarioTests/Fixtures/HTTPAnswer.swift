import AsyncHTTPClient
import Foundation
import HTTPSignatures

/// An answer over HTTP.
struct HTTPAnswer: Sendable {
    let status: Int
    let contentType: String?
    let body: [UInt8]
    /// All header fields.
    let fields: [HeaderField]
    /// The field `Creditmesh-Complete` of the local API.
    let isComplete: Bool?

    /// Reads the whole answer.
    init(_ response: HTTPClientResponse) async throws {
        status = Int(response.status.code)
        contentType = response.headers.first(name: "content-type")
        fields = response.headers.map { HeaderField($0.name, $0.value) }
        isComplete = response.headers.first(name: "creditmesh-complete").map { $0 == "true" }
        body = Array(try await response.body.collect(upTo: 16 << 20).readableBytesView)
    }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Status and stable code, `403 unknown-member`; the status alone where there is no problem
    /// document.
    var verdict: String {
        guard contentType == "application/problem+json",
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(body)),
            problem.status == status
        else { return "\(status)" }
        return "\(status) \(problem.code)"
    }

    private struct Problem: Decodable {
        let status: Int
        let code: String
    }
}
