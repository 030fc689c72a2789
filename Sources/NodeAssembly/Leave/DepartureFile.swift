import Exchange
import Foundation
import Membership
import StrictJSON

/// The file of a member's departure in the home: first the mark, from which on the node counts the
/// member as withdrawn, then the whole record. It stays for good.
struct DepartureFile {
    /// Most bytes of it.
    static let bytesMax = 64 * 1024

    let file: URL

    init(of member: MemberID, in home: NodeHome) {
        file = home.departures.appending(path: "\(member).json")
    }

    /// The members that left a home, or are leaving it.
    static func members(of home: NodeHome) -> Set<MemberID> {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: home.departures.path)) ?? []
        return Set(
            names.filter { !$0.hasPrefix(".") && $0.hasSuffix(".json") }
                .compactMap { MemberID(String($0.dropLast(".json".count))) })
    }

    /// What stands there; nil for nothing.
    func content() throws(NodeError) -> JSONValue? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let bytes = try PrivateFile.read(file, bytesMax: Self.bytesMax)
        let limits = JSONLimits(documentBytesMax: Self.bytesMax)
        guard let json = try? JSONValue(parsing: bytes, limits: limits) else {
            throw .file(file.path, "is no record of a departure")
        }
        return json
    }

    /// Puts a document there; when this returns, it has reached the disk.
    func put(_ json: JSONValue) throws(NodeError) {
        try NodeHome.createFolder(file.deletingLastPathComponent())
        try PrivateFile.write(json.encoded, to: file)
    }
}
