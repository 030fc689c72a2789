import Foundation

/// The JSON of either file of a rekey key.
///
/// Foundation copies the secret on its way through JSON, and those copies cannot be overwritten;
/// they are made only when a key is made or loaded.
struct RekeyKeyRecord {
    enum Half {
        case publicKey([UInt8])
        case privateKey([UInt8])
    }

    let member: String
    let createdAt: String
    let half: Half

    init(member: String, createdAt: Date, half: Half) {
        self.member = member
        self.createdAt = Date(timeIntervalSince1970: createdAt.timeIntervalSince1970.rounded(.down))
            .formatted(.iso8601)
        self.half = half
    }

    /// Reads the JSON; members that version 1 does not have are refused.
    init(decoding bytes: [UInt8]) throws(KeyFileError) {
        guard let file = try? JSONDecoder().decode([String: Value].self, from: Data(bytes)),
            file.count == 4, case .number(RekeyKeyFile.version) = file["version"],
            case .text(let member) = file["member"], Self.isMember(member),
            case .text(let createdAt) = file["createdAt"],
            let date = try? Date(createdAt, strategy: .iso8601),
            date.formatted(.iso8601) == createdAt
        else { throw .format }
        self.member = member
        self.createdAt = createdAt
        switch (file["publicKey"], file["privateKey"]) {
        case (.text(let text), nil): half = .publicKey(try Self.bytes(text))
        case (nil, .text(let text)): half = .privateKey(try Self.bytes(text))
        default: throw .format
        }
    }

    func encoded() throws(KeyFileError) -> [UInt8] {
        var file: [String: Value] = [
            "version": .number(RekeyKeyFile.version), "member": .text(member),
            "createdAt": .text(createdAt),
        ]
        switch half {
        case .publicKey(let bytes): file["publicKey"] = .text(Base64URL.encode(bytes))
        case .privateKey(let bytes): file["privateKey"] = .text(Base64URL.encode(bytes))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard Self.isMember(member), let data = try? encoder.encode(file) else { throw .format }
        return Array(data) + [UInt8(ascii: "\n")]
    }

    private static func bytes(_ text: String) throws(KeyFileError) -> [UInt8] {
        do throws(Base64URLError) {
            return try Base64URL.decode(text)
        } catch {
            throw .format
        }
    }

    /// `[a-z0-9-]{3,40}`, as the directory writes ids.
    private static func isMember(_ text: String) -> Bool {
        (3...40).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                $0.uppercased != $0 || $0.isDigit || $0 == UInt8(ascii: "-")
            }
    }

    /// A member's value in the file: a number or a text.
    private enum Value: Codable {
        case number(Int)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }
}
