import AsyncHTTPClient
import Exchange
import NIOCore
import NIOHTTP1
import NIOSSL

extension PeerFailure {
    /// What an error of the HTTP client means to an asker. No text of it goes further.
    init(transport error: any Error) {
        switch error {
        case let failure as PeerFailure: self = failure
        case is CancellationError: self = .timedOut
        case let error as HTTPClientError where Self.outOfTime.contains(error): self = .timedOut
        case HTTPParserError.invalidEOFState: self = .unreachable
        case is HTTPParserError: self = .malformed("not HTTP/1.1")
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self = .wrongIdentity
        case NIOSSLError.handshakeFailed(.sslError(let reasons))
        where reasons.contains(where: \.isCertificateFailure):
            self = .wrongIdentity
        default: self = .unreachable
        }
    }

    private static let outOfTime: [HTTPClientError] = [
        .deadlineExceeded, .cancelled, .getConnectionFromPoolTimeout,
    ]
}

extension BoringSSLInternalError {
    /// The library tells the reason only in its text.
    fileprivate var isCertificateFailure: Bool {
        description.contains("CERTIFICATE_VERIFY_FAILED")
    }
}
