import StrictJSON

/// Which state of the directory's repository a node holds: the versions of its root and, under that, of
/// its timestamp (protocol/directory.md, "Peers"). A new root may let timestamps begin anew.
public struct DirectoryEdition: Sendable, Hashable, Comparable {
    /// The version of the root, 1 or more.
    public let root: Int
    /// The version of the timestamp, 1 or more.
    public let timestamp: Int

    /// Names an edition.
    public init(root: Int, timestamp: Int) {
        self.root = root
        self.timestamp = timestamp
    }

    /// Whether the other one is newer.
    public static func < (left: Self, right: Self) -> Bool {
        (left.root, left.timestamp) < (right.root, right.timestamp)
    }

    /// The message as JSON: the answer of `POST /v1/directory`.
    public var json: JSONValue {
        ["root": .integer(root), "timestamp": .integer(timestamp)]
    }

    /// Reads an answer; what is unknown in it is passed over.
    public init(json: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(json)
        try self.init(&reader)
    }

    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        root = try reader.version("root")
        timestamp = try reader.version("timestamp")
    }
}

extension JSONObjectReader {
    fileprivate mutating func version(_ name: String) throws(JSONError) -> Int {
        try required(name, "a version, 1 or more") { value in
            value.integer.flatMap { $0 >= 1 ? $0 : nil }
        }
    }
}
