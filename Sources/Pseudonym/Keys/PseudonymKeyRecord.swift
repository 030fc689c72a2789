import Foundation

/// The JSON of a key file.
///
/// Foundation copies the secret on its way through JSON, and those copies cannot be overwritten;
/// they are made only when a key is made or loaded.
struct PseudonymKeyRecord: Codable {
    let version: Int
    let kid: String
    let state: String
    let createdAt: String
    let secretKey: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, kid, state, createdAt, secretKey
    }

    init(_ key: PseudonymKey) {
        version = PseudonymKeyFile.version
        kid = key.kid.rawValue
        state = key.state.rawValue
        createdAt = key.createdAt.formatted(.iso8601)
        secretKey = Base64URL.encode(key.secret.bytes)
    }

    /// Reads the JSON; members that version 1 does not have are refused.
    init(decoding bytes: [UInt8]) throws(KeyFileError) {
        let decoder = JSONDecoder()
        let data = Data(bytes)
        guard let names = try? decoder.decode(MemberNames.self, from: data).names,
            names == Set(CodingKeys.allCases.map(\.rawValue)),
            let record = try? decoder.decode(Self.self, from: data)
        else { throw .format }
        self = record
    }

    func encoded() throws(KeyFileError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(self) else { throw .format }
        return Array(data) + [UInt8(ascii: "\n")]
    }

    /// The key, when every member has its form.
    func key() throws(KeyFileError) -> PseudonymKey {
        guard version == PseudonymKeyFile.version,
            let kid = KeyID(rawValue: kid),
            let state = KeyState(rawValue: state),
            let createdAt = try? Date(createdAt, strategy: .iso8601),
            createdAt.formatted(.iso8601) == self.createdAt,
            let secretBytes = try? Base64URL.decode(secretKey),
            let secret = try? VOPRFSecretKey(bytes: secretBytes)
        else { throw .format }
        return PseudonymKey(kid: kid, state: state, createdAt: createdAt, secret: secret)
    }
}

/// The names of a JSON object's members, whatever they are.
private struct MemberNames: Decodable {
    let names: Set<String>

    private struct AnyName: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        names = Set(try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue))
    }
}
