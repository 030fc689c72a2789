import Foundation

/// A name and a password as HTTP Basic carries them (RFC 7617).
struct BasicCredentials: Equatable {
    let user: String
    let password: String

    /// Longest field that is looked at.
    static let bytesMax = 512
    private static let scheme = "basic "

    /// Reads the field `Authorization`; nil for another scheme or shape.
    init?(_ field: String?) {
        guard let field, field.utf8.count <= Self.bytesMax,
            field.lowercased().hasPrefix(Self.scheme),
            let data = Data(base64Encoded: String(field.dropFirst(Self.scheme.count))),
            let text = String(data: data, encoding: .utf8),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        user = String(text[..<colon])
        password = String(text[text.index(after: colon)...])
    }

    init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// The field.
    var field: String { "Basic " + Data("\(user):\(password)".utf8).base64EncodedString() }
}
