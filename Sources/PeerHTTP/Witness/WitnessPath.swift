import Pseudonym

/// The paths of a witness below its URL (C2SP tlog-witness).
enum WitnessPath {
    /// Where checkpoints are submitted.
    static let submission = "/add-checkpoint"

    private static let checkpoint = "/checkpoint"

    /// Where the newest cosigned checkpoint of a log is read.
    static func latest(of origin: String) -> String {
        "/" + SHA256Digest(hashing: Array(origin.utf8)).hexadecimal + checkpoint
    }

    /// The digest of the log's name in such a path; nil for any other path.
    static func origin(in path: String) -> String? {
        guard path.hasPrefix("/"), path.hasSuffix(checkpoint) else { return nil }
        let digits = path.dropFirst().dropLast(checkpoint.count)
        return digits.utf8.count == 2 * SHA256Digest.count ? String(digits) : nil
    }
}
