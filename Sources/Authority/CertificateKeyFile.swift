import Foundation
import Membership
import StrictJSON

/// The key of a consortium's authority for certificates, as the content of a file: enciphered like an
/// officer's, with the consortium that it serves.
public struct CertificateKeyFile: Sendable {
    /// The consortium.
    public let consortium: ConsortiumID
    private let sealed: JSONValue

    /// Most bytes of the file.
    public static let bytesMax = 8 * 1024
    /// The file's name in the authority's folder.
    static let name = "ca.key"
    /// The certificate's.
    static let certificateName = "ca.pem"

    init(
        _ authority: CertificateAuthority, of consortium: ConsortiumID, passphrase: [UInt8]
    ) throws(AuthorityError) {
        self.consortium = consortium
        do {
            sealed = try SecretBox.seal(Array(authority.privateKeyPEM.utf8), under: passphrase)
        } catch {
            throw .file(Self.name, "cannot be enciphered")
        }
    }

    init(_ bytes: [UInt8]) throws(AuthorityError) {
        let limits = JSONLimits(documentBytesMax: Self.bytesMax, stringBytesMax: Self.bytesMax)
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            var fields = try? JSONObjectReader(value),
            fields.optional("version")?.integer == 1,
            let consortium = fields.optional("consortium")?.text.flatMap({ ConsortiumID($0) }),
            let sealed = fields.optional("sealed"), SecretBox.isBox(sealed)
        else { throw .file(Self.name, "is not the key of an authority for certificates") }
        self.consortium = consortium
        self.sealed = sealed
    }

    var bytes: [UInt8] {
        let document: JSONValue = [
            "version": 1, "consortium": .string(consortium.text), "sealed": sealed,
        ]
        return Array((document.prettyPrinted + "\n").utf8)
    }

    func authority(
        certificatePEM: String, passphrase: [UInt8]
    ) throws(AuthorityError) -> CertificateAuthority {
        guard let key = SecretBox.open(sealed, with: passphrase) else {
            throw .passphrase(Self.name)
        }
        do {
            return try CertificateAuthority(
                certificatePEM: certificatePEM,
                privateKeyPEM: String(decoding: key, as: UTF8.self))
        } catch {
            throw .file(Self.certificateName, "\(error)")
        }
    }
}

extension AuthorityFolder {
    /// Makes the consortium's authority for certificates.
    ///
    /// - Parameter life: of its certificate, at most `CertificateAuthority.lifeMax`.
    /// - Throws: `AuthorityError.draft` where there is one already, since a new one would leave every
    ///   node without a valid certificate.
    public func createCertificateAuthority(
        of consortium: ConsortiumID, passphrase: [UInt8], now: Date,
        life: Duration = CertificateAuthority.lifeMax
    ) throws(AuthorityError) -> CertificateAuthority {
        try create()
        try Self.create(certificates.folder, mode: 0o700)
        guard try read(certificates, CertificateKeyFile.name, CertificateKeyFile.bytesMax) == nil
        else { throw .draft("there is an authority for certificates already") }
        let authority: CertificateAuthority
        do {
            authority = try CertificateAuthority.create(
                commonName: consortium.text, now: now, life: life)
        } catch {
            throw .file(CertificateKeyFile.name, "\(error)")
        }
        let file = try CertificateKeyFile(authority, of: consortium, passphrase: passphrase)
        // The key last: with it the authority is there.
        try write(
            Array(authority.certificatePEM.utf8), to: certificates,
            CertificateKeyFile.certificateName)
        try write(file.bytes, to: certificates, CertificateKeyFile.name)
        return authority
    }

    /// The consortium that the folder's authority for certificates serves.
    public func consortium() throws(AuthorityError) -> ConsortiumID { try keyFile().consortium }

    /// Opens the authority for certificates.
    public func certificateAuthority(
        passphrase: [UInt8]
    ) throws(AuthorityError) -> CertificateAuthority {
        try keyFile().authority(certificatePEM: certificatePEM(), passphrase: passphrase)
    }

    /// The authority's certificate, PEM; public.
    public func certificatePEM() throws(AuthorityError) -> String {
        let name = CertificateKeyFile.certificateName
        guard let bytes = try read(certificates, name, CertificateKeyFile.bytesMax) else {
            throw Self.noAuthority
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func keyFile() throws(AuthorityError) -> CertificateKeyFile {
        guard
            let bytes = try read(
                certificates, CertificateKeyFile.name, CertificateKeyFile.bytesMax)
        else { throw Self.noAuthority }
        return try CertificateKeyFile(bytes)
    }

    private static let noAuthority = AuthorityError.draft(
        "there is no authority for certificates yet; make it with: creditmesh authority ca")
}
