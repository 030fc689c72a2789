import Exchange
import Foundation
import Membership
import Pseudonym
import Testing

/// A regulator's opening keys in a folder that goes with it, and a directory whose charter names it.
final class OpeningSite {
    static let regulator = "watchdog"

    private let folder: URL
    private var keys: [String: OpeningPrivateKey] = [:]
    private(set) var entries: [OpeningKeyEntry] = []

    /// With a key for each of the months.
    init(_ months: [String]) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "opening-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        for month in months {
            let path = folder.appending(path: "\(month).key").path
            let publicKey = try OpeningPrivateKey.create(at: path)
            keys[month] = try OpeningPrivateKey.load(path)
            entries.append(
                OpeningKeyEntry(
                    kid: try #require(KeyName("o-\(month)")), month: month,
                    publicKey: try #require(PublicKeyBytes(publicKey.bytes))))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a box of a month holds; nil when its key does not open it.
    func open(_ box: [UInt8], month: String = "2026-11") throws -> BoxContent? {
        try #require(keys[month]).open(box).flatMap { BoxContent(bytes: $0) }
    }

    /// The usual directory, whose charter has evaluations be openable.
    func directory(status: MemberEntry.Status = .active) -> TestDirectory {
        var template = TestDirectory()
        var regulator = TestDirectory.Member(
            Self.regulator, at: "harbor-node", role: .regulator, status: status)
        regulator.openingKeys = entries
        template.members.append(regulator)
        template.charter.openingRegulator = Samples.member(Self.regulator)
        return template
    }
}
