import ArgumentParser
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh node certificate request`
struct NodeCertificateRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract:
            "Write a request for the next certificate, to be carried to the authority by hand.",
        discussion: """
            For when the authority's service is not reached, or the present certificate has ended. \
            The key waits in the home, in tls/next, and never leaves it; asked again, the request \
            is for the same key. Read the fingerprint out to the authority, which issues by \
            'authority certify'. 生成证书请求文件，供人工送交管理机构。

            Example:
              creditmesh node certificate request --home ./lakeside --out lakeside.csr
              creditmesh node certificate install --home ./lakeside --certificate lakeside.pem
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The file for the request, PEM.")
    var out: String

    func run() async throws {
        try await output.run {
            do throws(NodeError) {
                let request = try request()
                try PrivateFile.write(request.pem.utf8, to: URL(filePath: out))
                report(request)
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private func request() throws(NodeError) -> CertificateRequest {
        let home = home.nodeHome
        let configuration = try NodeConfiguration(home: home)
        let directory = try DirectoryFile.load(configuration.directory)
        guard let entry = directory.node(configuration.node) else {
            throw .directory("does not list node '\(configuration.node)'")
        }
        return try CertificateFiles(
            home: home,
            identity: NodeIdentity(consortium: directory.consortium, node: configuration.node)
        ).request(hosts: [entry.endpoint.host])
    }

    private func report(_ request: CertificateRequest) {
        output.write(
            [
                "node": .string(request.identity.node.text), "file": .string(out),
                "fingerprint": .string(request.fingerprint),
            ],
            text: """
                \(out): the request of \(request.identity.node); carry it to the authority
                Read this fingerprint out (请口头核对指纹):
                  \(request.fingerprint)
                """)
    }
}
