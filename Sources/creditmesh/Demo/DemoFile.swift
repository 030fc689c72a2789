import Exchange
import Foundation
import Membership
import NodeAssembly
import StrictJSON

/// `demo.json`: what a foreign client needs to talk to the demo's nodes. What does not exist yet is
/// null (README, "Foreign clients").
struct DemoFile {
    let site: DemoSite
    let subjects: [DemoSubject]

    var json: JSONValue {
        [
            "consortium": .string(site.directory.consortium.description),
            "caFile": .string(site.rootsFile.path),
            "directoryFile": .string(site.directoryFile.path),
            "openingKeysFolder": .string(site.openingKeys.path),
            "nodes": .array(site.directory.nodes.map(node)),
            "outsider": [
                "certFile": .string(site.outsider.certificate.path),
                "keyFile": .string(site.outsider.key.path),
            ],
            "subjects": .array(subjects.map(Self.subject)),
        ]
    }

    private func node(_ node: NodeEntry) -> JSONValue {
        guard let home = site.homes[node.id] else { return .null }
        let address = try? PrivateFile.read(home.localAddress, bytesMax: 256)
        return [
            "id": .string(node.id.description),
            "members": .array(
                site.directory.members(servedBy: node.id).map {
                    [
                        "id": .string($0.id.description), "role": .string($0.role.rawValue),
                        "signing": Self.signing(of: $0, in: home),
                        "tokenFile": .string(home.memberToken(of: $0.id).path),
                    ]
                }),
            "endpoint": .string(node.endpoint.description),
            "home": .string(home.folder.path),
            "localApi": [
                "url": address.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
                "tokenFile": .string(home.localToken.path),
            ],
            "tls": [
                "certFile": .string(home.certificate.path),
                "keyFile": .string(home.certificateKey.path),
            ],
            "voprf": node.currentVOPRFKey.map { key in
                [
                    "kid": .string(key.kid.description),
                    "publicKey": .string(key.publicKey.base64URL),
                ]
            } ?? .null,
            "log": node.log.map { log in
                [
                    "origin": .string(log.origin),
                    "vkeys": .array(log.verifierKeys.map { .string($0.description) }),
                ]
            } ?? .null,
        ]
    }

    /// The key of a member's requests, and the file with its private half, 32 bytes.
    private static func signing(of member: MemberEntry, in home: NodeHome) -> JSONValue {
        guard let key = member.requestKeys.last else { return .null }
        let file = home.requestKeys(of: member.id).appending(path: "\(key.keyID).key")
        return ["keyid": .string(key.keyID.description), "privateKeyFile": .string(file.path)]
    }

    private static func subject(_ subject: DemoSubject) -> JSONValue {
        [
            "scheme": .string(subject.scheme), "id": .string(subject.identifier),
            "name": subject.name.map(JSONValue.string) ?? .null,
            "heldBy": .array(subject.heldBy.map(JSONValue.string)),
            "purposes": .array(subject.purposes.map(JSONValue.string)),
            "heldBack": .bool(subject.isHeldBack),
        ]
    }
}
