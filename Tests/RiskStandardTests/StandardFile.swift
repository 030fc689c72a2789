import Foundation
import Testing

@testable import RiskStandard

/// The file of cn-2023, to be changed at one place.
struct StandardFile {
    private var root: Any

    init() throws {
        root = try JSONSerialization.jsonObject(with: Data(StandardLibrary.embeddedFiles[0]))
    }

    /// Puts the JSON value at a place such as `rules.3.when`; nil takes the member out.
    mutating func set(_ place: String, to json: String?) throws {
        let value = try json.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
        }
        root = try Self.replacing(place.split(separator: "."), in: root, by: value)
    }

    mutating func shuffleRules(using generator: inout SeededGenerator) throws {
        var members = try #require(root as? [String: Any])
        let rules = try #require(members["rules"] as? [Any])
        members["rules"] = rules.shuffled(using: &generator)
        root = members
    }

    func bytes() throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: root))
    }

    private static func replacing(
        _ path: [Substring], in node: Any, by value: Any?
    ) throws -> Any {
        guard let key = path.first else { return try #require(value) }
        let rest = Array(path.dropFirst())
        if let index = Int(key) {
            var list = try #require(node as? [Any])
            list[index] = try replacing(rest, in: list[index], by: value)
            return list
        }
        var members = try #require(node as? [String: Any])
        if rest.isEmpty {
            members[String(key)] = value
        } else {
            let inner = try #require(members[String(key)])
            members[String(key)] = try replacing(rest, in: inner, by: value)
        }
        return members
    }
}
