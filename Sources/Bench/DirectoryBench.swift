import Foundation
import Membership
import NodeAssembly

/// The directory of a large consortium, read and checked as at every start and every change.
struct DirectoryBench {
    private let nodes = 500
    private let members = 5_000

    func run(into table: inout BenchTable) async throws {
        let directory = try directory()
        try load(directory, into: &table)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-bench-\(UUID().uuidString)")
        try NodeHome.createFolder(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await SignedDirectoryBench(directory: directory, folder: folder).run(into: &table)
    }

    /// The directory's own rules, without signatures.
    private func load(_ directory: Directory, into table: inout BenchTable) throws {
        let json = directory.encoded()
        var times: [Double] = []
        for _ in 0..<3 {
            let time = try ContinuousClock().measure {
                guard try Directory(json: json).members.count == members + 1 else {
                    throw BenchError.rejected
                }
            }
            times.append(time.inSeconds * 1000)
        }
        let name = "directory of \(members) members on \(nodes) nodes, loaded"
        table.add(name, times.sorted()[1], "ms")
        table.add("  its size", Double(json.count) / 1_048_576, "MiB")
    }

    private func directory() throws -> Directory {
        var keys = KeySource()
        let nodeIDs = try (0..<nodes).map { try BenchConsortium.id("node-\($0)") as NodeID }
        let memberIDs = try (0..<members).map { try BenchConsortium.id("member-\($0)") as MemberID }
        let nodeEntries = try nodeIDs.map { id in
            NodeEntry(
                id: id, operatorName: "Operator", endpoint: try endpoint(of: id),
                answerKeys: [try keys.signing()],
                voprfKeys: [
                    VOPRFKeyEntry(
                        kid: try keys.name("k1"), state: .current, publicKey: try keys.bytes())
                ])
        }
        var memberEntries = try memberIDs.enumerated().map { index, id in
            MemberEntry(
                id: id, legalName: "Lender \(index)", node: nodeIDs[index % nodes], role: .lender,
                requestKeys: [try keys.signing()])
        }
        memberEntries.append(
            MemberEntry(
                id: try BenchConsortium.id("regulator"), legalName: "Authority", node: nodeIDs[0],
                role: .regulator, supervises: memberIDs))
        return try Directory(
            version: 1, consortium: try BenchConsortium.id("large.example"),
            charter: Charter(
                name: "Large", standard: "cn-2023@1", schemes: [.init(name: "cn-rid")],
                purposes: ["loan-approval"]),
            nodes: nodeEntries, members: memberEntries)
    }

    private func endpoint(of node: NodeID) throws -> Endpoint {
        guard let endpoint = Endpoint("https://\(node).example:8443") else { throw BenchError.id }
        return endpoint
    }
}

/// Public keys that all differ; nobody has their private halves.
private struct KeySource {
    private var count: UInt32 = 0

    mutating func bytes() throws -> PublicKeyBytes {
        count += 1
        let tail = withUnsafeBytes(of: count.bigEndian) { Array($0) }
        guard let key = PublicKeyBytes([UInt8](repeating: 0xA5, count: 28) + tail) else {
            throw BenchError.id
        }
        return key
    }

    mutating func signing() throws -> SigningKeyEntry {
        let key = try bytes()
        return SigningKeyEntry(keyID: try name("key-\(count)"), publicKey: key)
    }

    func name(_ text: String) throws -> KeyName {
        guard let name = KeyName(text) else { throw BenchError.id }
        return name
    }
}
