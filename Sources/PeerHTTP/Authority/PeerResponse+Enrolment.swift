import Exchange
import HTTPTypes
import Membership
import StrictJSON

extension PeerResponse {
    /// Certificates alone, in base64.
    init(certificates bundle: [UInt8]) {
        self.init(
            .ok, body: EnrolmentBase64.text(bundle), type: MediaType.certificates)
        if let name = HTTPField.Name("Content-Transfer-Encoding") { set(name, "base64") }
    }

    /// What the holder of a token may know.
    init(_ standing: EnrolmentStanding) {
        self.init(json: [
            "invitation": standing.invitation.json, "state": .string(standing.state.rawValue),
            "expires": .string("\(Timestamp(secondsSinceEpoch: Int64(standing.expires)))"),
        ])
        set(.cacheControl, "no-store")
    }

    /// Nothing is issued yet (RFC 7030 §4.2.3).
    init(waiting state: EnrolmentState) {
        let document: JSONValue = ["state": .string(state.rawValue)]
        self.init(.accepted, body: document.encoded, type: MediaType.json)
        set(.retryAfter, "\(PeerHTTPLimits.approvalRetryAfterSeconds)")
    }

    /// A problem document with a code of the enrolment.
    init(_ refusal: EnrolmentRefusal) {
        let status = refusal.code.status
        let document: JSONValue = [
            "type": "about:blank", "title": .string(status.reasonPhrase),
            "status": .integer(status.code), "code": .string(refusal.code.rawValue),
            "detail": .string(refusal.detail),
        ]
        self.init(status, body: document.encoded, type: MediaType.problem)
        if status == .unauthorized { set(.wwwAuthenticate, "Basic realm=\"creditmesh\"") }
    }
}

extension EnrolmentCode {
    /// The one HTTP status of the code (protocol/errors.md).
    var status: HTTPResponse.Status {
        switch self {
        case .requestMalformed, .requestSignature, .keysMalformed: .badRequest
        case .unknown, .certificate: .unauthorized
        case .expired, .notListed: .forbidden
        case .used: .conflict
        case .requestKey, .requestIdentity, .requestNames, .keysUnfit: .unprocessableContent
        case .unavailable: .serviceUnavailable
        }
    }
}
