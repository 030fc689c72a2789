import StrictJSON
import Testing

@testable import TUF

/// One way to publish what must not be taken: how the next state of a repository is spoilt, and what
/// the client says.
struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let file: String
    let fault: UpdateFault
    let spoil: @Sendable (inout SamplePublisher) throws -> Void

    init(
        _ name: String, _ file: String, _ fault: UpdateFault,
        _ spoil: @escaping @Sendable (inout SamplePublisher) throws -> Void
    ) {
        testDescription = name
        self.file = file
        self.fault = fault
        self.spoil = spoil
    }
}

extension Attack {
    static let all = shapes + signatures + times + versions + descriptions
    private static let kept = [
        "timestamp.json", "2.snapshot.json", "2.targets.json", "2.root.json",
    ]

    private static let shapes: [Attack] =
        kept.flatMap { file in
            [
                Attack("\(file): truncated", file, cut(file)) { publisher in
                    publisher.repository[file]?.removeLast()
                },
                Attack("\(file): oversized", file, .tooLarge) { publisher in
                    publisher.repository[file]? += [UInt8](repeating: 0x20, count: 1 << 21)
                },
            ]
        } + [
            Attack("root: not JSON", "2.root.json", .malformed) {
                $0.repository["2.root.json"] = Array("<html>".utf8)
            },
            Attack("root: nothing", "2.root.json", .malformed) {
                $0.repository["2.root.json"] = []
            },
            Attack("root: another role's file", "2.root.json", .malformed) {
                $0.repository["2.root.json"] = $0.repository["timestamp.json"]
            },
            Attack("root: another specification", "2.root.json", .specVersion) {
                try $0.replace("2.root.json", .root, $0.root.json.setting("spec_version", "2.0.0"))
            },
            Attack("root: no specification", "2.root.json", .specVersion) {
                try $0.replace("2.root.json", .root, $0.root.json.setting("spec_version", "1"))
            },
            Attack("root: threshold 0", "2.root.json", .malformed) {
                $0.thresholds[.snapshot] = 0
                try $0.replace("2.root.json", .root, $0.root.json)
            },
            Attack("root: a key id twice in a role", "2.root.json", .malformed) {
                let officers = $0.signers[.root, default: []]
                $0.signers[.root] = officers + officers.prefix(1)
                try $0.replace("2.root.json", .root, $0.root.json)
            },
            Attack("root: a member twice", "2.root.json", .malformed) { publisher in
                publisher.edit("2.root.json") {
                    $0.replacing(
                        "\"_type\":\"root\"", with: "\"_type\":\"root\",\"_type\":\"root\"")
                }
            },
            Attack("timestamp: a key id twice among the signatures", "timestamp.json", .malformed) {
                publisher in
                publisher.edit("timestamp.json") { text in
                    let start = text.firstRange(of: "[{")?.upperBound ?? text.startIndex
                    let end = text.firstRange(of: "}]")?.lowerBound ?? text.startIndex
                    let signature = "{" + text[start..<end] + "}"
                    return text.replacing("[{", with: "[\(signature),{", maxReplacements: 1)
                }
            },
        ]

    /// A timestamp and a root are read before anything describes them.
    private static func cut(_ file: String) -> UpdateFault {
        file == "timestamp.json" || file == "2.root.json" ? .malformed : .digest
    }

    private static let signatures: [Attack] = [
        Attack("root: signed by too few of its own", "2.root.json", .signatures) {
            try $0.replace("2.root.json", .root, $0.root.json, signers: 1)
        },
        Attack("root: signed by its own keys alone", "2.root.json", .signatures) {
            $0.signers[.root] = (0..<3).map { _ in SamplePublisher.signer() }
            try $0.replace("2.root.json", .root, $0.root.json)
        },
        Attack("root: signed by the earlier keys alone", "2.root.json", .signatures) { publisher in
            let earlier = publisher.signers[.root, default: []]
            publisher.signers[.root] = (0..<3).map { _ in SamplePublisher.signer() }
            let content = publisher.root.json
            publisher.repository["2.root.json"] =
                try SignedMetadata(signing: content, by: earlier).bytes
        },
        Attack("root: one key under two ids", "2.root.json", .signatures) { publisher in
            try publisher.doubleKey()
        },
        Attack("timestamp: by a key that was removed", "timestamp.json", .signatures) {
            publisher in
            let removed = publisher.signers[.timestamp, default: []]
            publisher.signers[.timestamp] = [SamplePublisher.signer()]
            try publisher.publish()
            publisher.signers[.timestamp] = removed
            let snapshot = publisher.repository["2.snapshot.json", default: []]
            try publisher.publishTimestamp(
                snapshot: MetadataDescription(version: 2, file: FileDescription(of: snapshot)))
        },
        Attack("timestamp: by another role's key", "timestamp.json", .signatures) {
            $0.signers[.timestamp] = $0.signers[.snapshot]
            let snapshot = $0.repository["2.snapshot.json", default: []]
            try $0.publishTimestamp(
                snapshot: MetadataDescription(version: 2, file: FileDescription(of: snapshot)))
        },
        Attack("timestamp: not signed", "timestamp.json", .signatures) {
            $0.signers[.timestamp] = []
            let snapshot = $0.repository["2.snapshot.json", default: []]
            try $0.publishTimestamp(
                snapshot: MetadataDescription(version: 2, file: FileDescription(of: snapshot)))
        },
        Attack("timestamp: altered", "timestamp.json", .signatures) { publisher in
            publisher.edit("timestamp.json") {
                $0.replacing("\"version\":6", with: "\"version\":7")
            }
        },
        Attack("targets: signed by one officer", "2.targets.json", .signatures) {
            $0.signers[.targets] = Array($0.signers[.targets, default: []].prefix(1))
            try $0.publishTargets(files: ["members.json": FileDescription(of: $0.target)])
        },
    ]
}
