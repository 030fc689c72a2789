import ArgumentParser
import Authority
import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `creditmesh authority invite`
struct AuthorityInviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Invite a node with its members: makes a token.",
        discussion: """
            The token is good for one node and for 24 hours. It is secret: hand it over on a way \
            that only the new node's administrator reads.

            One node with one member:
              creditmesh authority invite DIR --authority https://authority.example \\
                --node harbor-node --operator "Harbor Bank" --endpoint https://harbor.example \\
                --member "harbor=Harbor Bank Ltd" --out harbor.token
            A node that hosts many: --file members.csv (a line id,role,legalName, then one each), or \
            --file invitation.json with all of it. --trial lets the lenders begin with invented \
            subjects, until officers admit them: creditmesh authority admit.
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The authority's folder.")
    var folder: String
    @Option(help: "Where the authority's service is, https://host[:port].")
    var authority: String
    @Option(help: "The node's id.")
    var node: String?
    @Option(name: .customLong("operator"), help: "The firm that runs it.")
    var operatorName: String?
    @Option(help: "Where it will listen, https://host[:port].")
    var endpoint: String?
    @Option(help: "A member, \"ID=Legal name\", or \"ID=Legal name:regulator\"; may be repeated.")
    var member: [String] = []
    @Option(help: "A file: .csv of members, or .json of the whole invitation.")
    var file: String?
    @Flag(help: "The lenders are on trial at first.")
    var trial = false
    @Option(help: "The file for the token, mode 0600; else it is printed.")
    var out: String?

    func run() async throws {
        try await output.runAuthority {
            let authorityFolder = AuthorityFolder(URL(filePath: folder))
            let invitation = try invitation(of: authorityFolder.consortium())
            let token = try await authorityFolder.invite(
                invitation, service: try Self.endpoint(authority, "--authority"),
                now: Int(Date().timeIntervalSince1970))
            try report(token, invitation)
        }
    }

    private func report(_ token: InvitationToken, _ invitation: Invitation) throws {
        let what =
            "\(invitation.node) with \(invitation.members.count) "
            + (invitation.members.count == 1 ? "member" : "members")
        guard let out else {
            return output.write(
                ["node": .string(invitation.node.text), "token": .string(token.text)],
                text: token.text)
        }
        do throws(NodeError) {
            try PrivateFile.write(Array((token.text + "\n").utf8), to: URL(filePath: out))
        } catch {
            throw CommandFailure(error)
        }
        output.write(
            ["node": .string(invitation.node.text), "file": .string(out)],
            text: "invited \(what); \(out): the token, secret, good for 24 hours")
    }

    private func invitation(of consortium: ConsortiumID) throws -> Invitation {
        let content = try file.map(Self.content)
        if let file, let content, file.hasSuffix(".json") {
            guard node == nil, operatorName == nil, endpoint == nil, member.isEmpty, !trial else {
                throw CommandFailure("usage", "\(file) says all of the invitation")
            }
            let limits = JSONLimits(documentBytesMax: EnrolmentLimits.invitationBytesMax)
            guard let value = try? JSONValue(parsing: content, limits: limits) else {
                throw CommandFailure("file", "\(file) is not JSON")
            }
            return try checked { () throws(EnrolmentRefusal) in
                try Invitation(json: value, consortium: consortium)
            }
        }
        guard let id = node.flatMap({ NodeID($0) }) else {
            throw CommandFailure("usage", "--node must be an id, \(NodeIDRule.summary)")
        }
        guard let operatorName, let endpoint else {
            throw CommandFailure("usage", "--operator and --endpoint are needed")
        }
        var members = try member.map { text in
            guard let member = MemberList.member(text) else {
                throw CommandFailure("usage", "--member must be \"ID=Legal name[:role]\"")
            }
            return member
        }
        if let file, let content { members += try MemberList.members(csv: content, name: file) }
        if trial { members = members.map(\.onTrial) }
        let place = try Self.endpoint(endpoint, "--endpoint")
        return try checked { () throws(EnrolmentRefusal) in
            try Invitation(
                consortium: consortium, node: id, operatorName: operatorName, endpoint: place,
                members: members)
        }
    }

    private func checked(
        _ make: () throws(EnrolmentRefusal) -> Invitation
    ) throws -> Invitation {
        do {
            return try make()
        } catch {
            throw CommandFailure("invitation", "the invitation: \(error.detail)")
        }
    }

    private static func endpoint(_ text: String, _ option: String) throws -> Endpoint {
        guard let endpoint = Endpoint(text) else {
            throw CommandFailure("usage", "\(option) must be https://host[:port], no path")
        }
        return endpoint
    }

    static func content(of path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path),
            data.count <= EnrolmentLimits.invitationBytesMax
        else { throw CommandFailure("file", "\(path) cannot be read, or is too large") }
        return Array(data)
    }
}
