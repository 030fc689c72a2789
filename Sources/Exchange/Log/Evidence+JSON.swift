import HTTPSignatures
import Pseudonym
import StrictJSON
import TransparencyLog

extension Evidence {
    /// The bounds of evidence in JSON, since a body is one string.
    public static let jsonLimits = JSONLimits(
        documentBytesMax: bytesMax, stringBytesMax: bytesMax)

    /// The evidence as JSON, without the entry that it belongs to.
    public var json: JSONValue { .object(jsonMembers) }

    /// Reads evidence.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        try self.init(from: &reader)
        try reader.refuseUnknown()
    }

    var jsonMembers: [JSONMember] {
        var members: [JSONMember] = []
        if let request { members.append(JSONMember("request", request.json)) }
        if let answer { members.append(JSONMember("answer", answer.json)) }
        let texts = { (list: [[UInt8]]) in
            JSONValue.array(list.map { .string(Base64URL.encode($0)) })
        }
        if !items.isEmpty { members.append(JSONMember("items", texts(items))) }
        members.append(JSONMember("salts", texts(salts.map(\.bytes))))
        members.append(JSONMember("boxes", texts(boxes)))
        if !consents.isEmpty {
            let lists = consents.map { JSONValue.array($0.map(\.json)) }
            members.append(JSONMember("consents", .array(lists)))
        }
        return members
    }

    init(from reader: inout JSONObjectReader) throws(JSONError) {
        if let value = reader.optional("request") {
            request = try RequestEvidence(json: value, path: reader.path("request"))
        }
        if let value = reader.optional("answer") {
            answer = try AnswerEvidence(json: value, path: reader.path("answer"))
        }
        items =
            try reader.optional("items", "values of items") { value in
                value.list(countMax: Self.saltsMax) { value in
                    value.allBytes.flatMap { $0.count <= BookEvent.valueBytesMax ? $0 : nil }
                }
            } ?? []
        salts = try reader.required("salts", "salts of 32 bytes") { value in
            value.list(countMax: Self.saltsMax) { value in
                value.bytes(count: CommitmentSalt.count).flatMap { CommitmentSalt(bytes: $0) }
            }
        }
        boxes = try reader.required("boxes", "sealed boxes") { value in
            value.list(countMax: ExchangeLimits.evaluationElementsMax) { value in
                value.allBytes.flatMap { $0.count <= Self.boxBytesMax ? $0 : nil }
            }
        }
        consents =
            try reader.optional("consents", "a list of consents a query") { value in
                value.list(countMax: ExchangeLimits.queriesMax) { value in
                    value.list(countMax: ExchangeLimits.summariesMax) {
                        try? RestingConsent(json: $0, path: "consents")
                    }
                }
            } ?? []
    }
}

extension RequestEvidence {
    fileprivate var json: JSONValue {
        [
            "method": .string(method),
            "targetUri": .string(targetURI),
            "headers": JSONValue(fields: headers),
            "body": .string(Base64URL.encode(body)),
        ]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        method = try reader.required("method", "a method", \.text)
        targetURI = try reader.required("targetUri", "a target", \.text)
        headers = try reader.required("headers", "pairs of texts", \.fields)
        body = try reader.required("body", "base64url", \.allBytes)
        try reader.refuseUnknown()
    }
}

extension AnswerEvidence {
    fileprivate var json: JSONValue {
        [
            "status": .integer(status),
            "headers": JSONValue(fields: headers),
            "body": .string(Base64URL.encode(body)),
        ]
    }

    fileprivate init(json: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(json, path: path)
        status = try reader.required("status", "a status code") { value in
            value.integer.flatMap { AnswerMessage.statuses.contains($0) ? $0 : nil }
        }
        headers = try reader.required("headers", "pairs of texts", \.fields)
        body = try reader.required("body", "base64url", \.allBytes)
        try reader.refuseUnknown()
    }
}

extension JSONValue {
    fileprivate init(fields: [HeaderField]) {
        self = .array(fields.map { [.string($0.name), .string($0.value)] })
    }

    fileprivate var fields: [HeaderField]? {
        list(countMax: Int.max) { value in
            guard let pair = value.texts, pair.count == 2 else { return nil }
            return HeaderField(pair[0], pair[1])
        }
    }

    fileprivate var allBytes: [UInt8]? { text.flatMap { try? Base64URL.decode($0) } }

    fileprivate func list<Element>(
        countMax: Int, _ read: (JSONValue) -> Element?
    ) -> [Element]? {
        guard let elements, elements.count <= countMax else { return nil }
        let read = elements.compactMap(read)
        return read.count == elements.count ? read : nil
    }
}
