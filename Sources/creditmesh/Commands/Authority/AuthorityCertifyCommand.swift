import ArgumentParser
import Authority
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh authority certify`
struct AuthorityCertifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Issue a certificate for a request that was carried by hand.",
        discussion: """
            For a node that the published directory lists as active and that does not reach the \
            service, or whose certificate has ended. Compare the fingerprint with what the node's \
            administrator reads out from 'node certificate request': then the key is theirs. \
            为人工送交的证书请求签发证书，须先核对指纹。

            Example:
              creditmesh authority certify DIR lakeside.csr --out lakeside.pem \\
                --ca-passphrase-file ca.passphrase
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Argument(help: "The request, PEM.")
    var request: String
    @Option(help: "The file for the certificate, PEM.")
    var out: String
    @Option(
        help:
            "A file with the passphrase of the certificates' key, mode 0600, or -: standard input.")
    var caPassphraseFile: String?
    @Flag(help: "Issue without asking.")
    var yes = false

    func run() async throws {
        try await output.runAuthority {
            let request = try read()
            if !output.json {
                print("\(request.identity.node)\n  fingerprint (指纹) \(request.fingerprint)")
            }
            guard yes || isConfirmed else { throw CommandFailure("draft", "nothing was issued") }
            let authority = AuthorityFolder(URL(filePath: folder))
            let office = try EnrolmentOffice(
                authority,
                issuer: try authority.certificateAuthority(
                    passphrase: try Passphrase.read(file: caPassphraseFile, of: "the authority")),
                clock: SystemClock())
            do {
                try write(try await office.certify(request), for: request)
            } catch let refusal as EnrolmentRefusal {
                throw CommandFailure(refusal.code.rawValue, refusal.detail)
            }
        }
    }

    private func read() throws -> CertificateRequest {
        let text = String(
            decoding: try AuthorityInviteCommand.content(of: request), as: UTF8.self)
        do {
            return try CertificateRequest(pem: text)
        } catch {
            let refusal = EnrolmentRefusal(error)
            throw CommandFailure(refusal.code.rawValue, refusal.detail)
        }
    }

    private func write(_ certificate: [UInt8], for request: CertificateRequest) throws {
        guard let pem = AuthorityCertificate.pem(ofCertificate: certificate) else {
            throw CommandFailure("internal", "the certificate cannot be written")
        }
        do throws(NodeError) {
            try PrivateFile.write(pem.utf8, to: URL(filePath: out))
        } catch {
            throw CommandFailure(error)
        }
        output.write(
            [
                "node": .string(request.identity.node.text), "file": .string(out),
                "fingerprint": .string(request.fingerprint),
            ], text: "\(out): the certificate; carry it back to the node")
    }

    private var isConfirmed: Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        FileHandle.standardError.write(Data("type yes to issue (签发请输入 yes): ".utf8))
        return readLine() == "yes"
    }
}
