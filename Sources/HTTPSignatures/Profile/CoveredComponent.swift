/// A component that a signature covers; the raw value is its identifier as it stands in the list.
enum CoveredComponent: String, Sendable {
    case method = #""@method""#
    case targetURI = #""@target-uri""#
    case status = #""@status""#
    case contentType = #""content-type""#
    case contentDigest = #""content-digest""#
    case requestMethod = #""@method";req"#
    case requestTargetURI = #""@target-uri";req"#
    case requestContentDigest = #""content-digest";req"#
    case requestSignature = #""signature";req;key="sig1""#

    /// What a request's signature covers.
    static func all(of method: RequestMessage.Method) -> [CoveredComponent] {
        switch method {
        case .get: [.method, .targetURI]
        case .post: [.method, .targetURI, .contentType, .contentDigest]
        }
    }

    /// What the signature of an answer to such a request covers.
    static func all(ofAnswerTo method: RequestMessage.Method) -> [CoveredComponent] {
        let own: [CoveredComponent] = [
            .status, .contentType, .contentDigest, .requestMethod, .requestTargetURI,
        ]
        switch method {
        case .get: return own + [.requestSignature]
        case .post: return own + [.requestContentDigest, .requestSignature]
        }
    }
}

extension RequestMessage {
    /// The value of a component; nil when the request does not have it once.
    func value(of component: CoveredComponent) -> String? {
        switch component {
        case .method: method.rawValue
        case .targetURI: target.text
        case .contentType: fields.only([HeaderField].contentType)
        case .contentDigest: fields.only([HeaderField].contentDigest)
        case .status, .requestMethod, .requestTargetURI, .requestContentDigest,
            .requestSignature:
            nil
        }
    }
}

extension AnswerMessage {
    /// The value of a component; nil when the answer or its request does not have it once.
    func value(of component: CoveredComponent, to request: SignedRequest) -> String? {
        switch component {
        case .status: String(status)
        case .contentType: fields.only([HeaderField].contentType)
        case .contentDigest: fields.only([HeaderField].contentDigest)
        case .requestMethod: request.message.value(of: .method)
        case .requestTargetURI: request.message.value(of: .targetURI)
        case .requestContentDigest: request.message.value(of: .contentDigest)
        case .requestSignature: LabelledSignature.text(of: request.signature)
        case .method, .targetURI: nil
        }
    }
}
