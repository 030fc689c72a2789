import Crypto
import Foundation

/// Makes the digest of a file that proves a consent: SHA-256 over 32 random bytes ‖ the file, so
/// that nobody can guess the file from its digest. The file is read and not kept.
///
/// Paths are those of a lender's book, read against the folder of that file; what lies outside it
/// is not read, whatever a row says.
public struct EvidenceDigester: Sendable {
    /// Most bytes of one file: 32 MiB, a form scanned page by page.
    public static let fileBytesMax = 32 << 20
    /// Bytes of the salt.
    public static let saltCount = 32
    /// Bytes that are in memory at one time.
    private static let chunkBytes = 1 << 16

    private let folder: String

    /// Reads files below a folder.
    public init(folder: String) {
        self.folder = folder
    }

    /// Digests a file, its path given relative to the folder.
    public func digest(_ path: String) throws(EvidenceFault) -> DigestedEvidence {
        let file = try open(path)
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltCount).map { _ in
            UInt8.random(in: .min ... .max, using: &generator)
        }
        return DigestedEvidence(digest: try digest(file, salt: salt), salt: salt)
    }

    /// The digest of a file behind random bytes that are known: who has both can make it again.
    public func digest(_ path: String, salt: [UInt8]) throws(EvidenceFault) -> [UInt8] {
        try digest(try open(path), salt: salt)
    }

    /// Whether a file can be digested as it stands, without reading it.
    public func check(_ path: String) throws(EvidenceFault) {
        _ = try open(path)
    }

    private func open(_ path: String) throws(EvidenceFault) -> FileHandle {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.utf8.contains(0),
            parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
        else { throw .path }
        // A pipe or a device would hold the import up for ever; a link could lead anywhere.
        let descriptor = Foundation.open(
            "\(folder)/\(path)", O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .missing
        }
        guard status.st_size > 0 else { throw .empty }
        guard status.st_size <= Self.fileBytesMax else { throw .tooLarge }
        return file
    }

    private func digest(_ file: FileHandle, salt: [UInt8]) throws(EvidenceFault) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        var bytesCount = 0
        do {
            while let chunk = try file.read(upToCount: Self.chunkBytes), !chunk.isEmpty {
                bytesCount += chunk.count
                guard bytesCount <= Self.fileBytesMax else { throw EvidenceFault.tooLarge }
                hash.update(data: chunk)
            }
        } catch let fault as EvidenceFault {
            throw fault
        } catch {
            throw .missing
        }
        return Array(hash.finalize())
    }
}

/// A file's digest, and the salt without which nobody can make it again.
public struct DigestedEvidence: Sendable, Equatable {
    /// SHA-256 over salt ‖ file, 32 bytes.
    public let digest: [UInt8]
    /// 32 random bytes.
    public let salt: [UInt8]
}

/// Why there is no digest of a file. The lender's file is at fault, or the folder beside it; no text
/// shows the path, which may name the borrower.
public enum EvidenceFault: String, Error, Sendable, CaseIterable {
    /// Not a relative path of plain steps.
    case path = "must be a path below the book's folder, without . and .."
    /// No file there, none that can be read, or a link, folder or device.
    case missing = "there is no such file, or it cannot be read"
    /// A file of no bytes proves nothing.
    case empty = "the file is empty"
    /// Over ``EvidenceDigester/fileBytesMax``.
    case tooLarge = "the file is over 32 MiB"
}
