import StrictJSON

/// A regulator's X25519 key of one month, to which askers seal what opens a blind query
/// (protocol.md §3 "Openable").
public struct OpeningKeyEntry: Sendable, Equatable {
    /// The key's name, unique in the regulator's entry.
    public let kid: KeyName
    /// The month in UTC, such as `2026-11`; at most one key a month.
    public let month: String
    /// The X25519 public key.
    public let publicKey: PublicKeyBytes

    /// An entry; that `month` is one is checked when the directory is made.
    public init(kid: KeyName, month: String, publicKey: PublicKeyBytes) {
        self.kid = kid
        self.month = month
        self.publicKey = publicKey
    }
}

extension OpeningKeyEntry {
    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: ["kid", "month", "publicKey"])
        kid = try members.required("kid").name()
        let month = try members.required("month")
        self.month = try month.string()
        guard Self.isMonth(self.month) else {
            throw month.breaks(.pattern("[0-9]{4}-(0[1-9]|1[0-2])"))
        }
        publicKey = try members.required("publicKey").publicKey()
    }

    var json: JSONValue {
        .members([
            "kid": .string(kid.text),
            "month": .string(month),
            "publicKey": .string(publicKey.base64URL),
        ])
    }

    private static func isMonth(_ text: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2], parts.joined().allSatisfy(\.isDigit),
            let month = Int(String(Substring(parts[1])))
        else { return false }
        return (1...12).contains(month)
    }
}
