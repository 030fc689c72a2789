import Exchange
import Foundation
import Membership
import PeerHTTP

/// The certificate of a node and its key as files of its home, and how a new pair takes their place.
///
/// Two files cannot be renamed at once. So the new pair lies complete and checked beside the old one
/// first, and each of the two renames can be done again: whoever reads the pair, the start of a node
/// included, ends what a crash cut off (certs/PROFILE.md, "Renewal").
public struct CertificateFiles: Sendable {
    let home: NodeHome
    let identity: NodeIdentity

    /// The files of a home of a node.
    public init(home: NodeHome, identity: NodeIdentity) {
        self.home = home
        self.identity = identity
    }

    /// Reads the pair in place, after an installation that was cut off is ended.
    ///
    /// - Throws: `NodeError.certificate`, `NodeError.file`.
    public func load() throws(NodeError) -> TLSMaterial {
        try endInstallation()
        return try material(home.certificate, home.certificateKey)
    }

    /// Puts a new certificate in place. A running node shows it from its next handshake on.
    ///
    /// - Parameters:
    ///   - certificate: the chain, PEM.
    ///   - key: its key, PEM; nil for the one that waits in the home (`nextCertificateKey`).
    ///   - now: when peers must take it.
    /// - Returns: what the certificate says.
    /// - Throws: `NodeError`; the pair that was in place stays then.
    public func install(
        certificate: [UInt8], key: [UInt8]?, now: Timestamp
    ) throws(NodeError) -> NodeCertificate {
        try endInstallation()
        try NodeHome.createFolder(home.nextCertificate.deletingLastPathComponent())
        // Checked under another name: under its own it would count as complete.
        let draft = home.nextCertificate.appendingPathExtension("draft")
        if let key { try PrivateFile.write(key, to: home.nextCertificateKey) }
        try PrivateFile.write(certificate, to: draft)
        defer { unlink(draft.path) }
        let checked = try material(draft, home.nextCertificateKey)
        do {
            try checked.checkTrust(at: now)
        } catch {
            throw .certificate("\(error)")
        }
        try PrivateFile.move(draft, to: home.nextCertificate)
        try endInstallation()
        return checked.statement
    }

    /// Moves a pair that is complete into its place, the key first.
    private func endInstallation() throws(NodeError) {
        guard exists(home.nextCertificate) else { return }
        if exists(home.nextCertificateKey) {
            _ = try material(home.nextCertificate, home.nextCertificateKey)
            try PrivateFile.move(home.nextCertificateKey, to: home.certificateKey)
        }
        // From here on the old pair is no pair any more.
        _ = try material(home.nextCertificate, home.certificateKey)
        try PrivateFile.move(home.nextCertificate, to: home.certificate)
    }

    private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    private func material(_ certificate: URL, _ key: URL) throws(NodeError) -> TLSMaterial {
        do {
            return try TLSMaterial(
                certificate: certificate.path, key: key.path, roots: home.roots.path,
                identity: identity)
        } catch {
            throw .certificate("\(error)")
        }
    }
}
