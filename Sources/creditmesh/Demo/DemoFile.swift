import Exchange
import Foundation
import NodeAssembly
import Pseudonym

/// `demo.json`: what a foreign client needs to talk to the demo's nodes. What does not exist yet is
/// null (README, "Foreign clients").
struct DemoFile {
    let site: DemoSite
    let subjects: [DemoSubject]

    var json: JSONValue {
        [
            "consortium": .string(DemoConsortium.id),
            "caFile": .string(site.caFile.path),
            "directoryFile": .string(site.directoryFile.path),
            "nodes": .array(DemoConsortium.nodes.map(node)),
            "outsider": [
                "certFile": .string(site.outsider.certificate.path),
                "keyFile": .string(site.outsider.key.path),
            ],
            "subjects": .array(subjects.map(Self.subject)),
        ]
    }

    private func node(_ node: DemoConsortium.Node) -> JSONValue {
        guard let home = site.homes[node.id] else { return .null }
        let address = try? PrivateFile.read(home.localAddress, bytesMax: 256)
        return [
            "id": .string(node.id),
            "members": .array(
                node.members.map {
                    ["id": .string($0.id), "role": .string($0.role.rawValue), "signing": .null]
                }),
            "endpoint": .string("https://127.0.0.1:\(site.ports[node.id] ?? 0)"),
            "home": .string(home.folder.path),
            "localApi": [
                "url": address.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
                "tokenFile": .string(home.localToken.path),
            ],
            "tls": [
                "certFile": .string(home.certificate.path),
                "keyFile": .string(home.certificateKey.path),
            ],
            "voprf": site.keys[node.id].map { key in
                [
                    "kid": .string(key.kid.rawValue),
                    "publicKey": .string(Base64URL.encode(key.secret.publicKey.bytes)),
                ]
            } ?? .null,
            "log": .null,
        ]
    }

    private static func subject(_ subject: DemoSubject) -> JSONValue {
        [
            "scheme": .string(subject.scheme), "id": .string(subject.identifier),
            "name": subject.name.map(JSONValue.string) ?? .null,
            "heldBy": .array(subject.heldBy.map(JSONValue.string)),
            "purposes": .array(subject.purposes.map(JSONValue.string)),
        ]
    }
}
