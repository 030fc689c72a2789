import Foundation
import RawStructuredFieldValues

/// `sig1` of a message: what it covers, with which parameters, and the signature itself.
struct LabelledSignature: Hashable, Sendable {
    /// The components in their order.
    let components: [CoveredComponent]
    let parameters: SignatureParameters
    /// The list with its parameters, as it stands in the base.
    let parametersText: String
    /// 64 bytes.
    let signature: [UInt8]

    /// Reads `sig1`.
    ///
    /// - Throws: `SignatureError.missing` without it, `.invalid` when it is not of the profile.
    init(in fields: [HeaderField]) throws(SignatureError) {
        guard let input = fields.joined([HeaderField].signatureInput),
            let signatures = fields.joined([HeaderField].signature)
        else { throw .missing }
        let member = try SignatureField.member(SignatureProfile.label, of: input)
        let value = try SignatureField.member(SignatureProfile.label, of: signatures)
        guard case .innerList(let list) = member.value, case .item(let item) = value.value,
            let signature = Self.signature(in: item),
            let parameters = SignatureParameters(list.rfc9651Parameters)
        else { throw .invalid }
        let identifiers = list.bareInnerList.map(SignatureField.text)
        components = identifiers.compactMap { $0.flatMap(CoveredComponent.init) }
        guard components.count == identifiers.count else { throw .invalid }
        self.parameters = parameters
        self.signature = signature
        parametersText = String(decoding: member.text, as: UTF8.self)
    }

    /// The base of the components, with their values.
    ///
    /// - Throws: `SignatureError.invalid` unless exactly those of `profile` are covered, each once,
    ///   and the message has a value for each.
    func base(
        covering profile: [CoveredComponent], value: (CoveredComponent) -> String?
    ) throws(SignatureError) -> SignatureBase {
        guard components.count == profile.count, Set(components) == Set(profile) else {
            throw .invalid
        }
        var lines: [(identifier: String, value: String)] = []
        for component in components {
            guard let value = value(component) else { throw .invalid }
            lines.append((component.rawValue, value))
        }
        return SignatureBase(lines, parameters: parametersText)
    }

    /// How a signature stands in `Signature`, and in the base of the answer.
    static func text(of signature: [UInt8]) -> String {
        ":\(Data(signature).base64EncodedString()):"
    }

    /// The signature in an item without parameters.
    private static func signature(in item: Item) -> [UInt8]? {
        guard case .undecodedByteSequence(let text) = item.rfc9651BareItem,
            item.rfc9651Parameters.isEmpty, let data = Data(base64Encoded: text),
            data.base64EncodedString() == text, data.count == SignatureProfile.signatureBytes
        else { return nil }
        return Array(data)
    }
}
