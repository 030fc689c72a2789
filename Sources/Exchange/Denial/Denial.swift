import Membership
import StrictJSON

/// What a regulator denies: the text of its note (protocol/directory.md, "Denials").
///
/// Lines, each with its newline: `creditmesh-deny-v1`, the consortium, the version in decimal, and the
/// ids of nodes and members, one a line. A denial takes the place of the one before it; one without
/// ids lifts everything.
public struct Denial: Sendable, Equatable {
    /// The most bytes of a note: those of a string in a message.
    public static let bytesMax = 4_096

    /// The consortium.
    public let consortium: ConsortiumID
    /// Grows with every note of a regulator: 1 to 2^53 − 1.
    public let version: Int
    /// Whom it denies, as the regulator wrote it; the directory need not know them yet.
    public let ids: [String]

    /// A denial, or nil when the version or an id is none.
    public init?(consortium: ConsortiumID, version: Int, ids: [String]) {
        guard (1...JSONLimits.integerMax).contains(version),
            ids.allSatisfy({ NodeID($0) != nil })
        else { return nil }
        self.consortium = consortium
        self.version = version
        self.ids = ids
    }

    /// A denial from the text of a note; nil when it is none, in exactly one spelling.
    init?(text: [UInt8]) {
        guard text.last == UInt8(ascii: "\n"), let text = String(validating: text, as: UTF8.self)
        else { return nil }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, lines[0] == Self.mark, let consortium = ConsortiumID("\(lines[1])"),
            let version = Int(lines[2]), "\(version)" == lines[2]
        else { return nil }
        self.init(
            consortium: consortium, version: version, ids: lines.dropFirst(3).map(String.init))
    }

    /// The text that is signed.
    public var text: [UInt8] {
        let lines = [Self.mark, consortium.text, "\(version)"] + ids
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static let mark = "creditmesh-deny-v1"
}
