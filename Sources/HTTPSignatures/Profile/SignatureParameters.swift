import RawStructuredFieldValues

/// The parameters of a signature. A request has all of them, an answer neither `expires` nor `nonce`.
struct SignatureParameters: Hashable, Sendable {
    /// What only a request's signature has.
    struct Once: Hashable, Sendable {
        let expires: Int
        let nonce: SignatureNonce
    }

    let created: Int
    let once: Once?
    let keyID: SigningKeyID

    init(created: Int, once: Once?, keyID: SigningKeyID) {
        self.created = created
        self.once = once
        self.keyID = keyID
    }

    /// Parameters as they were read; nil when one is missing, unknown, of another type or beyond its
    /// bounds. Whether `expires` and `nonce` must be there, the caller knows.
    init?(_ items: OrderedMap<String, RFC9651BareItem>) {
        guard let created = items["created"]?.integer, created >= 0,
            let keyID = items["keyid"]?.text.flatMap(SigningKeyID.init),
            items["alg"]?.text == SignatureProfile.algorithm,
            items["tag"]?.text == SignatureProfile.tag
        else { return nil }
        self.created = created
        self.keyID = keyID
        if items.count == Self.count {
            once = nil
        } else {
            guard items.count == Self.countOfRequest, let expires = items["expires"]?.integer,
                let nonce = items["nonce"]?.text.flatMap(SignatureNonce.init(text:)),
                (1...SignatureProfile.lifeSecondsMax).contains(expires - created)
            else { return nil }
            once = Once(expires: expires, nonce: nonce)
        }
    }

    private static let count = 4
    private static let countOfRequest = 6

    /// The parameters as RFC 8941 §4.1.1.2 writes them, in this software's order.
    var text: String {
        let first = ";created=\(created)"
        let middle = once.map { #";expires=\#($0.expires);nonce="\#($0.nonce.text)""# } ?? ""
        let last = #";keyid="\#(keyID)";alg="\#(SignatureProfile.algorithm)""#
        return first + middle + last + #";tag="\#(SignatureProfile.tag)""#
    }
}

extension RFC9651BareItem {
    fileprivate var integer: Int? {
        if case .integer(let value) = self { Int(value) } else { nil }
    }

    fileprivate var text: String? {
        if case .string(let value) = self { value } else { nil }
    }
}
