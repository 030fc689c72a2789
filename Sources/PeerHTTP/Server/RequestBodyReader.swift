import HTTPTypes
import HummingbirdCore

/// Reads a body of bounded size. How long that may take is the `ConnectionGuard`'s business.
struct RequestBodyReader {
    /// Most bytes; 0 for a request that has no body.
    let bytesMax: Int

    /// The whole body.
    ///
    /// A length that is declared and too large is refused before a byte is read; a body without a
    /// declared length is refused at the first byte too many.
    ///
    /// - Throws: a `Refusal`, `ConnectionGuard.Ended`, or the connection's error.
    func read(_ request: Request, writer: borrowing ResponseWriter) async throws -> [UInt8] {
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        guard declared ?? 0 <= bytesMax else { throw tooLarge }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(declared ?? 0)
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= bytesMax else { throw tooLarge }
            bytes += part.readableBytesView
        }
        // A cancelled task sees the end of the body where there is none.
        try Task.checkCancellation()
        return bytes
    }

    private var tooLarge: Refusal {
        Refusal(.tooLarge, "the body may have at most \(bytesMax) bytes").closing()
    }
}
