/// The consortium, such as `demo.creditmesh`: `[a-z0-9.-]{3,60}` (protocol.md §8). It is also the
/// SPIFFE trust domain of every node's certificate.
public typealias ConsortiumID = Name<ConsortiumIDRule>

/// A node, such as `harbor-node`: `[a-z0-9-]{3,40}`, never reused (protocol.md §0). Nodes and
/// members share one name space.
public typealias NodeID = Name<NodeIDRule>

/// A member (lender, regulator or servicer), such as `harbor`: `[a-z0-9-]{3,40}`, never reused
/// (protocol.md §0). Nodes and members share one name space.
public typealias MemberID = Name<MemberIDRule>

/// The `keyid` of a signing key or the `kid` of another key: `[A-Za-z0-9_-]{1,32}`
/// (protocol.md §8).
public typealias KeyName = Name<KeyNameRule>

/// The rule of ``ConsortiumID``.
public enum ConsortiumIDRule: NameRule {
    /// 3 to 60 bytes.
    public static let bytes = 3...60
    /// The rule as a regular expression.
    public static let summary = "[a-z0-9.-]{3,60}"
    /// Lower-case letters, digits, dot and hyphen.
    public static func allows(_ byte: UInt8) -> Bool {
        byte.isLowercaseLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte.isHyphen
    }
}

/// The rule of ``NodeID``.
public enum NodeIDRule: NameRule {
    /// 3 to 40 bytes.
    public static let bytes = 3...40
    /// The rule as a regular expression.
    public static let summary = "[a-z0-9-]{3,40}"
    /// Lower-case letters, digits and hyphen.
    public static func allows(_ byte: UInt8) -> Bool {
        byte.isLowercaseLetter || byte.isDigit || byte.isHyphen
    }
}

/// The rule of ``MemberID``: that of ``NodeIDRule``, since both share one name space.
public enum MemberIDRule: NameRule {
    /// 3 to 40 bytes.
    public static let bytes = NodeIDRule.bytes
    /// The rule as a regular expression.
    public static let summary = NodeIDRule.summary
    /// Lower-case letters, digits and hyphen.
    public static func allows(_ byte: UInt8) -> Bool { NodeIDRule.allows(byte) }
}

/// The rule of ``KeyName``.
public enum KeyNameRule: NameRule {
    /// 1 to 32 bytes.
    public static let bytes = 1...32
    /// The rule as a regular expression.
    public static let summary = "[A-Za-z0-9_-]{1,32}"
    /// Letters, digits, underscore and hyphen.
    public static func allows(_ byte: UInt8) -> Bool {
        byte.isLowercaseLetter || byte.isUppercaseLetter || byte.isDigit || byte.isHyphen
            || byte == UInt8(ascii: "_")
    }
}

/// The rule of the charter's short terms: schemes, purposes, features. Internal, because they are
/// plain strings outside.
enum TermRule: NameRule {
    static let bytes = 2...40
    static let summary = "[a-z0-9-]{2,40}"
    static func allows(_ byte: UInt8) -> Bool { NodeIDRule.allows(byte) }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLowercaseLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isUppercaseLetter: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isHyphen: Bool { self == UInt8(ascii: "-") }
}
