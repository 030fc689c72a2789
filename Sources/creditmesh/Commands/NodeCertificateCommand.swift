import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh node certificate …`
struct NodeCertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate", abstract: "Look at the node's certificate, or exchange it.",
        subcommands: [Show.self, Install.self, Renew.self, NodeCertificateRequestCommand.self])

    /// `creditmesh node certificate show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Say whose the certificate is, and until when it holds.",
            discussion: """
                Example:
                  creditmesh node certificate show --home ./lakeside
                """)

        @OptionGroup var home: HomeOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await output.run {
                let certificate = try NodeCertificateCommand.files(of: home.nodeHome) {
                    files throws(NodeError) in try files.load().statement
                }
                NodeCertificateCommand.report(certificate, to: output)
            }
        }
    }

    /// `creditmesh node certificate install`
    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: "Put a new certificate in place, the node running or not.",
            discussion: """
                It is checked first: of this node, under the consortium's roots, within its life, and \
                of this key. A running node shows it from its next connection on; connections that \
                are open live on. 安装新证书，节点无须停止；已建立的连接不受影响。

                Example:
                  creditmesh node certificate install --home ./lakeside \
                    --certificate new.pem --key new.key
                """)

        @OptionGroup var home: HomeOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The certificate, and those between it and a root, PEM.")
        var certificate: String
        @Option(
            name: .long,
            help: "Its private key, PEM, mode 0600; else the one that waits in tls/next.")
        var key: String?

        func run() async throws {
            try await output.run {
                let installed = try NodeCertificateCommand.files(of: home.nodeHome) {
                    files throws(NodeError) in
                    let chain = try NodeCertificateCommand.bytes(of: certificate)
                    let key = try key.map { path throws(NodeError) in
                        try PrivateFile.read(
                            URL(filePath: path), bytesMax: NodeCertificateCommand.fileBytesMax)
                    }
                    return try files.install(
                        certificate: chain, key: key, now: SystemClock().now)
                }
                NodeCertificateCommand.report(installed, to: output)
            }
        }
    }

    /// `creditmesh node certificate renew`
    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "renew",
            abstract: "Get the next certificate from the authority now, the node running or not.",
            discussion: """
                A running node does this by itself from two thirds of the certificate's life on. The                 present certificate must still hold; the key is a new one. 立即向管理机构续期证书，节点无须停止。

                Example:
                  creditmesh node certificate renew --home ./lakeside
                """)

        @OptionGroup var home: HomeOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await output.run {
                do {
                    let renewed = try await CertificateRenewal.renew(home.nodeHome)
                    NodeCertificateCommand.report(renewed, to: output)
                } catch let error as NodeError {
                    throw CommandFailure(error)
                } catch let error as JoinError {
                    throw CommandFailure(error)
                }
            }
        }
    }

    /// Most bytes of a file that is installed.
    static let fileBytesMax = 64 * 1024

    private static func bytes(of path: String) throws(NodeError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path), data.count <= fileBytesMax
        else { throw .file(path, "cannot be read, or is larger than \(fileBytesMax) bytes") }
        return Array(data)
    }

    private static func files<Result>(
        of home: NodeHome, _ work: (CertificateFiles) throws(NodeError) -> Result
    ) throws -> Result {
        do throws(NodeError) {
            let configuration = try NodeConfiguration(home: home)
            let consortium = try DirectoryFile.load(configuration.directory).consortium
            return try work(
                CertificateFiles(
                    home: home,
                    identity: NodeIdentity(consortium: consortium, node: configuration.node)))
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func report(_ certificate: NodeCertificate, to output: OutputOptions) {
        let (from, until) = (text(certificate.notBefore), text(certificate.notAfter))
        let renewal = text(certificate.renewal)
        output.write(
            [
                "node": .string(certificate.identity.node.description),
                "hosts": .array(certificate.hosts.map { .string("\($0)") }),
                "from": .string(from), "until": .string(until), "renewal": .string(renewal),
            ],
            text: """
                \(certificate.identity.node), at \(certificate.hosts.map { "\($0)" }.joined(separator: ", "))
                from \(from) until \(until); to be renewed from \(renewal) on
                有效期 \(from) 至 \(until)，请自 \(renewal) 起更新
                """)
    }

    private static func text(_ date: Date) -> String {
        Timestamp(secondsSinceEpoch: Int64(date.timeIntervalSince1970)).description
    }
}
