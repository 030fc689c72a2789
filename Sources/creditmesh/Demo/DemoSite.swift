import Exchange
import Foundation
import Membership
import NodeAssembly

/// The demo's consortium on disk, when all nodes have joined.
struct DemoSite {
    /// The folder of everything.
    let folder: URL
    /// The directory in force.
    let directory: Directory
    /// The homes, by node.
    let homes: [NodeID: NodeHome]

    /// The directory as one file, for foreign clients.
    var directoryFile: URL { folder.appending(path: "members.json") }
    /// The certificate of the consortium's authority, PEM.
    var rootsFile: URL { folder.appending(path: "authority/ca/ca.pem") }
    /// The private halves of the opening regulator's keys, which its own join put beside its home.
    var openingKeys: URL {
        folder.appending(path: "nodes/\(DemoConsortium.regulatorNode).regulator/regulator/opening")
    }
    /// A certificate of another authority that names the first node, and its key.
    var outsider: (certificate: URL, key: URL) {
        (folder.appending(path: "outsider/node.pem"), folder.appending(path: "outsider/node.key"))
    }

    /// Where the home of a node of the demo is.
    static func home(of node: NodeID, in folder: URL) -> NodeHome {
        NodeHome(folder.appending(path: "nodes/\(node)", directoryHint: .isDirectory))
    }

    /// Ids of all lenders, in the directory's order.
    var lenders: [String] {
        directory.members.filter { $0.role == .lender }.map(\.id.description)
    }

    /// The home of a node of that name.
    func home(_ node: String) -> NodeHome? { NodeID(node).flatMap { homes[$0] } }

    /// The home of the node that serves a member of that name.
    func home(ofMember member: String) -> NodeHome? {
        MemberID(member).flatMap { directory.member($0) }.flatMap { homes[$0.node] }
    }
}
